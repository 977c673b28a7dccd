import assert from 'node:assert/strict';
import { ACK, flags, PSH, SYN } from '../../../core/tcp/segment.ts';
import { decodeCapture, type Packet } from '../../../core/wire/capture.ts';
import { formatAddress } from '../../../core/wire/ip.ts';
import { ethernet, ipv4, ipv6, octets, pcap, tcp, u16, u32 } from './build.ts';

const PAYLOAD = [1, 2, 3, 4, 5];
const data = tcp({ flags: flags(PSH, ACK), seq: 7, ack: 9, payload: PAYLOAD });

function decodeOne(frame: readonly number[], linkType = 1, wireLength = frame.length): Packet | undefined {
  const read = decodeCapture(pcap([{ octets: frame, wireLength }], { linkType }));
  assert.ok(read.ok);
  assert.equal(read.value.frames, 1);
  return read.value.packets[0];
}

describe('link layers', () => {
  const ip4 = ipv4(data);
  const ip6 = ipv6(data);
  const ppp = [0xff, 0x03, 0x00, 0x21, ...ip4];
  const found: readonly (readonly [string, number, readonly number[]])[] = [
    ['Ethernet', 1, ethernet(ip4)],
    ['Ethernet, IPv6', 1, ethernet(ip6, 0x86dd)],
    ['802.1Q', 1, ethernet(ip4, 0x0800, [0x81, 0, 0, 5])],
    ['QinQ', 1, ethernet(ip4, 0x0800, [0x88, 0xa8, 0, 5, 0x81, 0, 0, 6])],
    ['802.3 with LLC and SNAP', 1, [...ethernet([0xaa, 0xaa, 3, 0, 0, 0, 8, 0, ...ip4], 53)]],
    ['MPLS, two labels', 1, ethernet([0, 1, 0, 64, 0, 1, 1, 64, ...ip4], 0x8847)],
    ['PPPoE', 1, ethernet([0x11, 0, 0, 1, 0, 47, 0, 0x21, ...ip4], 0x8864)],
    ['BSD loopback', 0, [2, 0, 0, 0, ...ip4]],
    ['OpenBSD loopback', 108, [0, 0, 0, 30, ...ip6]],
    ['raw IP', 101, ip4],
    ['raw IP, IPv6', 101, ip6],
    ['IPv4 only', 228, ip4],
    ['IPv6 only', 229, ip6],
    ['PPP', 9, ppp],
    ['PPP, compressed protocol', 9, [0x21, ...ip4]],
    ['Cisco HDLC', 104, [0x0f, 0, 8, 0, ...ip4]],
    ['Linux cooked', 113, [...new Array<number>(14).fill(0), 8, 0, ...ip4]],
    ['Linux cooked v2', 276, [8, 0, ...new Array<number>(18).fill(0), ...ip4]],
    ['802.1Q behind Linux cooked v2', 276, [0x81, 0, ...new Array<number>(18).fill(0), 0, 5, 8, 0, ...ip4]],
    ['FDDI', 10, [...new Array<number>(13).fill(0x50), 0xaa, 0xaa, 3, 0, 0, 0, 8, 0, ...ip4]],
  ];
  for (const [name, linkType, frame] of found)
    it(`finds IP behind ${name}`, () => {
      const packet = decodeOne(frame, linkType);
      assert.equal(packet?.segment.seq, 7);
      assert.equal(packet.segment.length, PAYLOAD.length);
    });

  const ignored: readonly (readonly [string, readonly number[]])[] = [
    ['ARP', ethernet(new Array<number>(28).fill(0), 0x0806)],
    ['UDP', ethernet(ipv4(data, { protocol: 17 }))],
    ['ICMPv6', ethernet(ipv6(data, 58), 0x86dd)],
    ['a later fragment', ethernet(ipv4(data, { fragment: 0x2001 }))],
    ['nothing but tags', ethernet([], 0x8100)],
    ['an empty frame', []],
    ['an IPv4 header that claims to be shorter than it can be', ethernet([0x41, ...ipv4(data).slice(1)])],
    ['a total length shorter than the header', ethernet(ipv4(data, { totalLength: 19 }))],
    [
      'LLC headers without end',
      ethernet(new Array<number[]>(20_000).fill([0xaa, 0xaa, 3, 0, 0, 0, 0, 8]).flat(), 8),
    ],
    ['TCP cut inside its fixed header', ethernet(ipv4(data)).slice(0, 14 + 20 + 19)],
    ['a data offset below 5', ethernet(ipv4(tcp({ flags: ACK, dataOffset: 4 })))],
    ['a data offset beyond the packet', ethernet(ipv4(tcp({ flags: ACK, dataOffset: 15 })))],
  ];
  for (const [name, frame] of ignored)
    it(`passes over ${name}`, () => assert.equal(decodeOne(frame), undefined));
});

describe('IP headers', () => {
  it('takes the payload length from the IP header, not from what was captured', () => {
    const frame = ethernet(ipv4(tcp({ flags: ACK, payload: new Array<number>(1000).fill(7) })));
    assert.equal(decodeOne(frame.slice(0, 54), 1, frame.length)?.segment.length, 1000);
  });
  it('does not count Ethernet padding as payload', () => {
    const short = ethernet(ipv4(tcp({ flags: ACK })));
    assert.equal(decodeOne([...short, ...new Array<number>(6).fill(0)])?.segment.length, 0);
  });
  it('reads past IPv4 options', () => {
    assert.equal(decodeOne(ethernet(ipv4(data, { options: [1, 1, 1, 1, 1, 1, 1, 0] })))?.segment.seq, 7);
  });
  it('waits for the rest of a fragmented packet', () => {
    assert.equal(decodeOne(ethernet(ipv4(data, { fragment: 0x2000 }))), undefined);
  });
  it('takes a total length of 0 from the frame (segmentation offload)', () => {
    assert.equal(decodeOne(ethernet(ipv4(data, { totalLength: 0 })))?.segment.length, PAYLOAD.length);
  });
  it('reads past IPv6 extension headers', () => {
    const hopByHop = [43, 0, 1, 4, 0, 0, 0, 0];
    const routing = [44, 0, 0, 0, 0, 0, 0, 0];
    const fragment = [51, 0, 0, 0, 0, 0, 0, 1]; // an atomic one: RFC 6946
    const authentication = [60, 4, ...new Array<number>(22).fill(0)];
    const destination = [6, 1, ...new Array<number>(14).fill(0)];
    const chain = [...hopByHop, ...routing, ...fragment, ...authentication, ...destination, ...data];
    assert.equal(decodeOne(ethernet(ipv6(chain, 0), 0x86dd))?.segment.length, PAYLOAD.length);
  });
  it('passes over later IPv6 fragments and chains without end', () => {
    assert.equal(decodeOne(ethernet(ipv6([6, 0, 0, 9, 0, 0, 0, 1, ...data], 44), 0x86dd)), undefined);
    assert.equal(decodeOne(ethernet(ipv6([0, 0, 1, 4, 0, 0, 0, 0], 0), 0x86dd)), undefined);
  });
  it('follows tunnels, but not for ever', () => {
    assert.equal(decodeOne(ethernet(ipv4(ipv6(data), { protocol: 41 })))?.source, '2001:db8::1');
    let nested = ipv4(data);
    for (let depth = 0; depth < 9; depth += 1) nested = ipv4(nested, { protocol: 4 });
    assert.equal(decodeOne(ethernet(nested)), undefined);
  });

  const addresses: readonly (readonly [readonly number[], string])[] = [
    [[192, 0, 2, 1], '192.0.2.1'],
    [[...u16(0x2001), ...u16(0xdb8), ...new Array<number>(11).fill(0), 1], '2001:db8::1'],
    [new Array<number>(16).fill(0), '::'],
    [[...new Array<number>(15).fill(0), 1], '::1'],
    [[...u16(0xfe80), ...new Array<number>(14).fill(0)], 'fe80::'],
    [octets(0, 1, 0, 0, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7), '1:0:2:3:4:5:6:7'],
    [octets(0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3), '1:0:0:2::3'],
  ];
  for (const [bytes, text] of addresses)
    it(`writes ${text}`, () => assert.equal(formatAddress(Uint8Array.from(bytes), 0, bytes.length), text));
});

describe('TCP headers', () => {
  const withOptions = (...options: readonly number[]) =>
    decodeOne(ethernet(ipv4(tcp({ flags: SYN, options }))))?.segment.options;

  it('reads every field', () => {
    const packet = decodeOne(
      ethernet(
        ipv4(
          tcp({
            sourcePort: 65_535,
            destinationPort: 1,
            seq: 0xfffffffe,
            ack: 0x80000000,
            flags: 0x3f,
            window: 511,
            urgent: 3,
            payload: [9],
          }),
        ),
      ),
    );
    assert.deepEqual(packet, {
      frame: 1,
      at: 0,
      source: '10.0.0.1',
      sourcePort: 65_535,
      destination: '10.0.0.2',
      destinationPort: 1,
      segment: {
        flags: 0x3f,
        seq: 0xfffffffe,
        ack: 0x80000000,
        length: 1,
        window: 511,
        urgent: 3,
        options: {},
      },
    });
  });
  it('keeps the six control bits of a connection, not those of ECN', () => {
    assert.equal(decodeOne(ethernet(ipv4(tcp({ flags: 0xc2 }))))?.segment.flags, SYN);
  });
  it('gives no acknowledgment number without ACK', () => {
    assert.equal(decodeOne(ethernet(ipv4(tcp({ flags: SYN, ack: 5 }))))?.segment.ack, 0);
  });

  const options: readonly (readonly [string, readonly number[], object])[] = [
    ['MSS', [2, 4, 0x05, 0xb4], { mss: 1460 }],
    ['window scale', [3, 3, 7], { windowScale: 7 }],
    ['a window scale beyond 14 as 14 (RFC 7323 §2.3)', [3, 3, 200], { windowScale: 14 }],
    ['SACK permitted', [4, 2], { sackPermitted: true }],
    [
      'SACK',
      [5, 18, ...u32(1), ...u32(2), ...u32(3), ...u32(4)],
      {
        sack: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    ['timestamps', [8, 10, ...u32(0xffffffff), ...u32(5)], { timestamps: { value: 0xffffffff, echo: 5 } }],
    ['options behind padding', [1, 1, 4, 2], { sackPermitted: true }],
    ['options behind an unknown one', [254, 4, 0, 0, 4, 2], { sackPermitted: true }],
    ['nothing behind the end of the list', [0, 4, 2], {}],
    ['nothing of an option with a wrong size', [2, 3, 5, 4, 2, 0], { sackPermitted: true }],
    ['nothing behind a length of 0', [2, 0, 4, 2], {}],
    ['nothing behind a length past the end', [4, 2, 8, 40], { sackPermitted: true }],
  ];
  for (const [name, bytes, expected] of options)
    it(`reads ${name}`, () => assert.deepEqual(withOptions(...bytes), expected));

  it('reads the options that a cut frame still holds', () => {
    const frame = ethernet(ipv4(tcp({ flags: SYN, options: [2, 4, 5, 180, 8, 10, ...u32(1), ...u32(2)] })));
    assert.deepEqual(decodeOne(frame.slice(0, 14 + 20 + 20 + 8), 1, frame.length)?.segment.options, {
      mss: 1460,
    });
  });
});
