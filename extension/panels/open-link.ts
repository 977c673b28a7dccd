import * as vscode from 'vscode';
import { l10n } from '../l10n.ts';

/** Where the sections that rules cite stand: Handshake's own links. */
const RFC_SITE = 'https://www.rfc-editor.org/rfc/';

/** Opens a link of a screen in the browser; asks first where the author of a pack has written it. */
export async function openLink(href: string): Promise<void> {
  if (!URL.canParse(href)) return;
  // As the browser will read it: a name that looks like another one shows what it is.
  const address = new URL(href);
  if (address.protocol !== 'https:' && address.protocol !== 'http:') return;
  if (!address.href.startsWith(RFC_SITE) && !(await mayOpen(address.href))) return;
  await vscode.env.openExternal(vscode.Uri.parse(address.href, true));
}

async function mayOpen(address: string): Promise<boolean> {
  const open = l10n.t('Open in Browser');
  const detail = l10n.t(
    '{0}\n\nThe author of the pack has put this link there. Whoever runs that site sees that you visit it.',
    address,
  );
  const options = { modal: true, detail };
  const asked = l10n.t('Open this address in your browser?');
  return (await vscode.window.showInformationMessage(asked, options, open)) === open;
}
