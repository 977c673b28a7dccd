import { pathToFileURL } from 'node:url';
import type { RunningServer } from './server.ts';

/** What the web workbench should open. Paths are absolute. */
export interface WorkbenchContent {
  /** A folder, or a `.code-workspace` file. */
  readonly folder: string;
  /** The extension to load from its folder, as F5 does. */
  readonly extension: string;
  /** A module of this path that exports `run()`: the workbench runs it and reports its outcome. */
  readonly tests?: string;
}

/** The address that makes the web workbench of `server` open `content`. */
export function workbenchUrl(
  server: Pick<RunningServer, 'authority' | 'token'>,
  content: WorkbenchContent,
): string {
  const remote = (file: string) => `vscode-remote://${server.authority}${pathToFileURL(file).pathname}`;
  const payload = [
    ['extensionDevelopmentPath', remote(content.extension)],
    ...(content.tests === undefined ? [] : [['extensionTestsPath', remote(content.tests)]]),
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  const url = new URL(`http://${server.authority}/`);
  url.searchParams.set('tkn', server.token);
  const kind = content.folder.endsWith('.code-workspace') ? 'workspace' : 'folder';
  url.searchParams.set(kind, decodeURIComponent(pathToFileURL(content.folder).pathname));
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
