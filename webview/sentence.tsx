import { type ComponentChildren, Fragment } from 'preact';

interface Props {
  /** A sentence in the learner's language with places `{0}`, `{1}` … */
  readonly pattern: string;
  /** What stands there. */
  readonly parts: readonly ComponentChildren[];
}

/** A sentence with elements in it, in the order and with the punctuation of its language. */
export function Sentence({ pattern, parts }: Props) {
  const pieces = pattern.split(/\{(\d+)\}/);
  return (
    <>
      {pieces.map((piece, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sentence keeps its order
        <Fragment key={place}>{place % 2 === 0 ? piece : parts[Number(piece)]}</Fragment>
      ))}
    </>
  );
}
