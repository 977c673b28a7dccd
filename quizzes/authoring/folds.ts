/** Lines that fold into the first of them, from 0; both ends included. */
export interface Fold {
  readonly from: number;
  readonly to: number;
}

/** Everything that has something below it further right: scenarios, questions, scripts, texts. */
export function foldsOf(text: string): readonly Fold[] {
  const folds: Fold[] = [];
  const open: { readonly indent: number; readonly line: number }[] = [];
  let last = 0;
  const close = (indent: number) => {
    for (let top = open.at(-1); top !== undefined && top.indent >= indent; top = open.at(-1)) {
      if (last > top.line) folds.push({ from: top.line, to: last });
      open.pop();
    }
  };
  for (const [line, content] of text.split('\n').entries()) {
    const trimmed = content.trimStart();
    if (trimmed.trim() === '' || trimmed.startsWith('#')) continue;
    const indent = content.length - trimmed.length;
    close(indent);
    open.push({ indent, line });
    last = line;
  }
  close(0);
  return folds.sort((one, other) => one.from - other.from);
}
