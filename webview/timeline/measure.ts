/** The three hands the picture is written in. */
export type Font = 'mono' | 'strong' | 'text';

/** Width of a text in pixels. */
export type Measure = (text: string, font: Font) => number;

const WIDE = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;

/** Widths without a screen: for tests, and until the fonts are known. `size` in pixels. */
export function approximateMeasure(size: number): Measure {
  return (text, font) =>
    [...text].reduce((sum, char) => sum + (WIDE.test(char) ? 1 : font === 'text' ? 0.56 : 0.61), 0) * size;
}

/** Widths as the browser will draw them; each text is measured once. */
export function canvasMeasure(fonts: Readonly<Record<Font, string>>): Measure {
  // A pen for each: to change the font of one costs more than to measure.
  const penFor = (font: Font) => {
    const pen = document.createElement('canvas').getContext('2d');
    if (pen !== null) pen.font = fonts[font];
    return { pen, known: new Map<string, number>() };
  };
  const pens = { mono: penFor('mono'), strong: penFor('strong'), text: penFor('text') };
  const otherwise = approximateMeasure(12);
  return (text, font) => {
    const { pen, known } = pens[font];
    const before = known.get(text);
    if (before !== undefined) return before;
    const width = pen?.measureText(text).width ?? otherwise(text, font);
    known.set(text, width);
    return width;
  };
}

/** Never at the beginning of a line. */
const CLOSING = /[，。、；：？！）》」』”’…]/u;
/** Never at the end of a line. */
const OPENING = /[（《「『“‘]$/u;

/** The words of these pictures that a line would else part; a segmenter of words (ICU) does not know 字节. */
const CHINESE_WORDS = new Set(
  '字节 报文 返回 收到 发送 确认 连接 关闭 重传 计时 窗口 数据 应用 等待 启动 停止 到期 调用 进入 丢失 探测 读取'.split(
    ' ',
  ),
);

/** Cuts before each Chinese word or character and after each space; a word stays whole, and punctuation with its neighbour. */
function pieces(bound: string): readonly string[] {
  const found: string[] = [];
  for (const char of bound) {
    const last = found.at(-1);
    const isWord =
      last !== undefined && !last.endsWith(' ') && !WIDE.test(char) && !WIDE.test(last.slice(-1));
    const bindsToLast = isWord || CLOSING.test(char) || OPENING.test(last ?? '');
    if (last !== undefined && (bindsToLast || CHINESE_WORDS.has(last.slice(-1) + char)))
      found[found.length - 1] = last + char;
    else found.push(char);
  }
  return found;
}

/** A word wider than a line, cut with hyphens; a call is cut behind its bracket. */
function hyphenated(word: string, width: number, font: Font, measure: Measure): readonly string[] {
  const parts: string[] = [];
  let rest = word;
  while (rest.length > 2 && measure(rest.trimEnd(), font) > width) {
    let kept = rest.length - 1;
    while (kept > 1 && measure(`${rest.slice(0, kept)}-`, font) > width) kept -= 1;
    const bracket = rest.slice(0, kept).lastIndexOf('(');
    if (bracket > 0) kept = bracket + 1;
    const hyphen = /[A-Za-z]$/.test(rest.slice(0, kept)) && /^[A-Za-z]/.test(rest.slice(kept)) ? '-' : '';
    parts.push(rest.slice(0, kept) + hyphen);
    rest = rest.slice(kept);
  }
  return [...parts, rest];
}

/** Breaks a text into lines no wider than `width` pixels. */
export function wrap(text: string, width: number, font: Font, measure: Measure): readonly string[] {
  const bound = text.replace(/(\d) (?=(?:s|ms|min|h)\b)/g, '$1\u00a0');
  const whole = bound.trimEnd();
  if (whole !== '' && measure(whole, font) <= width) return [whole]; // most are
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(bound).flatMap((word) => hyphenated(word, width, font, measure))) {
    if (line !== '' && measure((line + piece).trimEnd(), font) > width) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}

/** The text, or as much of its beginning as fits before an ellipsis. */
export function shorten(text: string, width: number, font: Font, measure: Measure): string {
  if (measure(text, font) <= width) return text;
  let kept = text.length;
  while (kept > 1 && measure(`${text.slice(0, kept)}…`, font) > width) kept -= 1;
  return `${text.slice(0, kept)}…`;
}
