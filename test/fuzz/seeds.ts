// What mutation begins with: one small capture for each thing the readers can do. Built, so that nothing binary is kept.

import { ACK, FIN, flags, RST, SYN } from '../../core/tcp/segment.ts';
import { ethernet, ipv4, ipv6, pcap, tcp } from '../core/wire/build.ts';
import { frame, networkInterface, pcapng, section, simpleFrame } from '../core/wire/build-pcapng.ts';

const there = { sourcePort: 40_000, destinationPort: 80 };
const back = { sourcePort: 80, destinationPort: 40_000 };
const reversed = { source: [10, 0, 0, 2], destination: [10, 0, 0, 1] };
const OPTIONS = [2, 4, 5, 180, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7];

/** A short life: handshake, an exchange, one retransmission, close, and the same ports again. */
const life = [
  ipv4(tcp({ ...there, flags: SYN, seq: 99, options: OPTIONS })),
  ipv4(tcp({ ...back, flags: flags(SYN, ACK), seq: 299, ack: 100, options: OPTIONS }), reversed),
  ipv4(tcp({ ...there, flags: ACK, seq: 100, ack: 300 })),
  ipv4(tcp({ ...there, flags: ACK, seq: 100, ack: 300, payload: [1, 2, 3] })),
  ipv4(tcp({ ...there, flags: ACK, seq: 100, ack: 300, payload: [1, 2, 3] })),
  ipv4(tcp({ ...back, flags: ACK, seq: 300, ack: 103 }), reversed),
  ipv4(tcp({ ...there, flags: flags(FIN, ACK), seq: 103, ack: 300 })),
  ipv4(tcp({ ...back, flags: flags(FIN, ACK), seq: 300, ack: 104 }), reversed),
  ipv4(tcp({ ...there, flags: ACK, seq: 104, ack: 301 })),
  ipv4(tcp({ ...there, flags: SYN, seq: 9999 })),
  ipv4(tcp({ ...back, flags: flags(RST, ACK), seq: 0, ack: 10_000 }), reversed),
];
const timed = (frames: readonly number[][]) =>
  frames.map((octets, index) => ({ at: [10, index * 1000] as const, octets }));
const onEthernet = life.map((packet) => ethernet(packet));

const segment = tcp({ ...there, flags: ACK, seq: 100, ack: 300, payload: new Array<number>(40).fill(7) });
const fragments = [
  ipv4(segment.slice(0, 24), { fragment: 0x2000 }),
  ipv4(segment.slice(24, 40), { fragment: 0x2003 }),
  ipv4(segment.slice(40), { fragment: 0x0005 }),
].map((packet) => ethernet(packet));
const ipv6Fragments = [
  ipv6([6, 0, 0, 1, 0, 0, 0, 9, ...segment.slice(0, 24)], 44),
  ipv6([6, 0, 0, 24, 0, 0, 0, 9, ...segment.slice(24)], 44),
].map((packet) => ethernet(packet, 0x86dd));
const onIpv6 = [ipv6([43, 0, 1, 4, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, ...segment], 0)];

const sections = [
  section(),
  networkInterface({ linkType: 1, resolution: 9, offset: [0, 5] }),
  networkInterface({ linkType: 101, snapLength: 60 }),
  ...onEthernet.map((octets, index) => frame(octets, { time: [1, index] })),
  frame(life[0] ?? [], { interface: 1 }, 'old'),
  simpleFrame(onEthernet[2] ?? []),
];

/** Name and octets. */
export const SEEDS: readonly (readonly [name: string, octets: Uint8Array])[] = [
  ['pcap, little endian', pcap(timed(onEthernet))],
  ['pcap, big endian, nanoseconds', pcap(timed(onEthernet), { byteOrder: 'big', nano: true })],
  ['raw IP', pcap(timed(life), { linkType: 101 })],
  ['loopback', pcap(timed(life.map((packet) => [2, 0, 0, 0, ...packet])), { linkType: 0 })],
  [
    'Linux cooked',
    pcap(timed(life.map((packet) => [...new Array<number>(14).fill(0), 8, 0, ...packet])), { linkType: 113 }),
  ],
  [
    'VLAN and PPPoE',
    pcap(
      timed([
        ...life.map((packet) => ethernet(packet, 0x0800, [0x88, 0xa8, 0, 1, 0x81, 0, 0, 2])),
        ...life.map((packet) => ethernet([0x11, 0, 0, 1, 0, packet.length + 2, 0, 0x21, ...packet], 0x8864)),
        ...life.map((packet) => ethernet([0, 1, 0x41, 64, ...packet], 0x8847)),
      ]),
    ),
  ],
  ['fragments', pcap(timed([...fragments, ...ipv6Fragments, ...onIpv6.map((one) => ethernet(one, 0x86dd))]))],
  ['pcapng, little endian', pcapng(sections)],
  [
    'pcapng, big endian',
    pcapng([...sections, section(), networkInterface(), frame(onEthernet[0] ?? [])], 'big'),
  ],
];
