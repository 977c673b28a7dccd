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
  '10-queues-and-floods',
  '11-data-and-its-timers',
  '12-closing-in-every-case',
  '13-time-wait-and-reuse',
  '14-what-the-application-sees',
  '15-reading-ss-and-tcpdump',
  '16-interview-why',
] as const satisfies readonly string[];
