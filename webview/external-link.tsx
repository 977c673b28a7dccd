import type { ComponentChildren } from 'preact';
import { post } from './host.ts';
import { isWebAddress } from './protocol.ts';

/** A link that the host opens, after asking where it does not lead to an RFC. */
export function ExternalLink({
  href,
  children,
}: {
  readonly href: string | undefined;
  readonly children: ComponentChildren;
}) {
  if (href === undefined || !isWebAddress(href)) return <span>{children}</span>;
  const open = (event: MouseEvent) => {
    event.preventDefault();
    // The frame around the webview would open it, too, without our question.
    event.stopPropagation();
    post({ type: 'link/open', href });
  };
  return (
    <a href={href} title={href} onClick={open}>
      {children}
    </a>
  );
}
