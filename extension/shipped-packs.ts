/**
 * The packs of quizzes/packs in the order of the course, by file name without ".tcpquiz.yaml".
 * A list, because a folder cannot be listed where the extension is served over HTTP (vscode.dev).
 */
export const SHIPPED_PACKS = [
  '01-header-and-flags',
  '02-three-way-handshake',
  '03-four-way-close',
  '04-time-wait',
  '05-dead-peer-keepalive',
  '06-state-paths',
  '07-real-capture',
  '08-numbers-and-identity',
  '09-opening-in-every-case',
] as const satisfies readonly string[];
