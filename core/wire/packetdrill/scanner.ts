import type { Bilingual } from '../../text.ts';
import type { Place, ScriptIssue, Span } from './script.ts';

/** Stops the reading of one line: caught where the line began, never let out of this folder. */
export class NotUnderstood extends Error {
  readonly issue: ScriptIssue;

  constructor(issue: ScriptIssue) {
    super(issue.message.en);
    this.issue = issue;
  }
}

/** A text with a place in it. */
export class Scanner {
  at = 0;
  private readonly starts: number[] = [0];

  readonly text: string;

  constructor(text: string) {
    this.text = text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Takes what the pattern (sticky) matches here; blanks before it are passed over. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    const before = this.at;
    this.skipBlanks();
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) {
      this.at = before;
      return undefined;
    }
    this.at = pattern.lastIndex;
    return found;
  }

  /** Takes it or gives up the line. */
  need(pattern: RegExp, message: Bilingual): RegExpExecArray {
    return this.take(pattern) ?? this.fail(message);
  }

  /** Gives up the line at what comes next. */
  fail(message: Bilingual, from?: number): never {
    if (from === undefined) this.skipBlanks();
    const start = from ?? this.at;
    const word = /[^\s,)>]+|\S/y;
    word.lastIndex = start;
    const found = word.exec(this.text);
    const end = Math.max(start + 1, found === null ? start + 1 : word.lastIndex);
    throw new NotUnderstood({ severity: 'error', span: this.span(start, end), message });
  }

  /** Blanks, line ends and comments: `// …`, `/* … *\/`, `# …`. */
  skipBlanks(): void {
    const blanks = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|#[^\n]*)*/y;
    blanks.lastIndex = this.at;
    blanks.exec(this.text);
    this.at = Math.max(this.at, blanks.lastIndex);
  }

  place(at: number): Place {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (this.starts[low] ?? 0) + 1 };
  }

  span(start: number, end: number): Span {
    return { start: this.place(start), end: this.place(end) };
  }
}
