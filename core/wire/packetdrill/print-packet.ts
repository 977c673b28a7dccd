import {
  ACK,
  FIN,
  type Flags,
  PSH,
  RST,
  type Segment,
  type SegmentOptions,
  SYN,
  URG,
} from '../../tcp/segment.ts';

const LETTERS = [
  ['F', FIN],
  ['S', SYN],
  ['R', RST],
  ['P', PSH],
  ['U', URG],
  ['.', ACK],
] as const;

/** Control bits as packetdrill and tcpdump write them: `S.`, `P.`, `-` for none. */
export function letters(set: Flags): string {
  const text = LETTERS.flatMap(([letter, bit]) => (set & bit ? [letter] : [])).join('');
  return text === '' ? '-' : text;
}

/**
 * `S. 0:0(0) ack 1 win 65535 <mss 1460>`.
 *
 * @param tellsWindow - false leaves the window out: any will do
 */
export function printPacket(segment: Segment, tellsWindow = true): string {
  const { flags, seq, ack, length, window, urgent, options } = segment;
  const last = (seq + length) >>> 0;
  return [
    letters(flags),
    `${seq}:${last}(${length})`,
    ...(flags & ACK ? [`ack ${ack}`] : []),
    ...(tellsWindow ? [`win ${window}`] : []),
    ...(flags & URG ? [`urg ${urgent}`] : []),
    ...printOptions(options),
  ].join(' ');
}

/** Padded to whole words as stacks do. */
function printOptions(options: SegmentOptions): readonly string[] {
  const { mss, sackPermitted, timestamps, windowScale, sack } = options;
  const list = [
    ...(mss === undefined ? [] : [`mss ${mss}`]),
    ...(sackPermitted === true ? (timestamps === undefined ? ['nop,nop,sackOK'] : ['sackOK']) : []),
    ...(timestamps === undefined
      ? []
      : [`${sackPermitted === true ? '' : 'nop,nop,'}TS val ${timestamps.value} ecr ${timestamps.echo}`]),
    ...(windowScale === undefined ? [] : [`nop,wscale ${windowScale}`]),
    ...(sack === undefined || sack.length === 0
      ? []
      : [`nop,nop,sack ${sack.map(([from, to]) => `${from}:${to}`).join(' ')}`]),
  ];
  return list.length === 0 ? [] : [`<${list.join(',')}>`];
}
