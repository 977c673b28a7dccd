/**
 * The packs of quizzes/packs in the order of the course, by file name without ".tcpquiz.yaml".
 * A list, because a folder cannot be listed where the extension is served over HTTP (vscode.dev).
 */
export const SHIPPED_PACKS = [] as const satisfies readonly string[];
