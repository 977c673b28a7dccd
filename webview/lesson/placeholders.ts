/** How an answer is written, in an empty field. None is ever a right answer: a test proves it. */
export const PLACEHOLDERS = {
  flags: 'URG,PSH',
  number: 'x+…',
  count: '…',
  duration: '… s',
  word: '…',
} as const;
