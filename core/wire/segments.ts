// From a frame to its TCP segment, by offsets: shared by all who read captures.

import { reassembler } from './fragments.ts';
import type { Frame } from './frames.ts';
import { emptyIpView, findTcp, type IpView } from './ip.ts';
import { findIp, NO_IP } from './link.ts';

/** Where a TCP segment stands: addresses and header lie in `bytes` at the places that `view` names. */
export interface Located {
  bytes: Uint8Array;
  view: IpView;
}

/** Finds the segment of a frame; that of a fragmented packet belongs to the frame that completes it. */
export function segmentFinder(): (frame: Frame) => Located | undefined {
  const fragments = reassembler();
  const view = emptyIpView();
  const located: Located = { bytes: new Uint8Array(), view };
  return (frame) => {
    const { bytes, start, end, linkType } = frame;
    const ip = findIp(bytes, start, end, linkType);
    if (ip === NO_IP) return undefined;
    if (findTcp(bytes, ip, end, start + frame.wireLength, view)) {
      located.bytes = bytes;
      located.view = view;
      return located;
    }
    if (!view.fragmented) return undefined;
    const whole = fragments.take(bytes, view, frame.at);
    if (whole === undefined) return undefined;
    located.bytes = whole.bytes;
    located.view = whole.view;
    return located;
  };
}
