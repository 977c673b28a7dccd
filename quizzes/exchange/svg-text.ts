/** Columns a sign takes: full-width ones take two. */
function columnsOf(sign: string): number {
  return /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
    sign,
  )
    ? 2
    : 1;
}

/** Breaks a text into lines of so many columns: at spaces, or between full-width signs; a longer word stays whole. */
export function linesOf(text: string, columns: number): readonly string[] {
  const pieces = text.match(/[\u2e80-\u9fff\uff00-\uff60]|[^\s\u2e80-\u9fff\uff00-\uff60]+|\s+/g) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    const width = [...line, ...piece].reduce((sum, sign) => sum + columnsOf(sign), 0);
    // A full stop or a bracket does not begin a line.
    if (width > columns && line.trim() !== '' && !/^[，。、；：？！）]/.test(piece)) {
      lines.push(line.trim());
      line = piece.trimStart();
    } else line += piece;
  }
  return line.trim() === '' ? lines : [...lines, line.trim()];
}
