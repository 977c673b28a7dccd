// Lists of sockets that ss and netstat of a real machine printed, all of the same sockets at the same time:
// test/fixtures/sockets. `ss -tan` in all.txt says what each state is.

import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { TCP_STATES } from '../../../core/tcp/states.ts';
import { parseSsCommand } from '../../../core/wire/ss-command.ts';
import { type ListedSocket, parseSockets } from '../../../core/wire/ss-text.ts';

const DIRECTORY = new URL('../../fixtures/sockets/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, DIRECTORY), 'utf8');

/** A socket without what tools write each in their way: brackets of IPv6. */
const plain = ({ state, local, peer }: ListedSocket) =>
  `${state} ${local} ${peer}`
    .replaceAll('[', '')
    .replaceAll(']', '')
    .replaceAll('*:', ':::')
    .replaceAll('::::', ':::');
const listOf = (text: string) => {
  const { sockets, withoutState } = parseSockets(text);
  assert.deepEqual(withoutState, []);
  return sockets.map(plain).sort();
};
const EVERY = parseSockets(read('all.txt')).sockets;

describe('lists that ss and netstat printed', () => {
  it('are of sockets in all states but CLOSED', () => {
    const states = new Set(EVERY.map(({ state }) => state));
    assert.deepEqual(
      TCP_STATES.filter((state) => !states.has(state)),
      ['CLOSED'],
    );
    assert.equal(EVERY.length, 28);
  });

  it('tell the same with every filter, option and prompt, with a State column or without', () => {
    const expected = EVERY.map(plain).sort();
    const files = readdirSync(DIRECTORY).filter((name) => name !== 'exclude.txt');
    assert.equal(files.length, 8);
    for (const name of files) assert.deepEqual(listOf(read(name)), expected, name);
  });

  it('tell the one state that exclude leaves', () => {
    const text = read('exclude.txt');
    assert.deepEqual(listOf(text), EVERY.map(plain).sort());
    assert.match(text, /exclude syn-recv\nRecv-Q/);
  });

  it('are read as well when lines are broken, and timers then, too', () => {
    for (const name of ['all.txt', 'one-state-each.txt', 'netstat-timers.txt']) {
      const text = read(name);
      const unbroken = parseSockets(text).sockets;
      for (const width of [24, 48, 66]) {
        const broken = text
          .split('\n')
          .map((line) => (/^\s|^\S* ?.*(?:ss|netstat) -/.test(line) ? line : broke(line, width)))
          .join('\n');
        const { sockets, withoutState } = parseSockets(broken);
        assert.deepEqual(withoutState, [], name);
        assert.deepEqual(sockets.map(plain), unbroken.map(plain), `${name} ${width}`);
      }
    }
    const { sockets } = parseSockets(
      'ESTAB  0  36  192.168.1.5:22  192.168.1.9:52114\n   users:(("sshd",pid=1,fd=3)) timer:(on,204ms,0)\n',
    );
    assert.equal(sockets[0]?.timer, 'on,204ms,0');
  });

  it('are read to the end of a row of any length', () => {
    const users = Array.from({ length: 3000 }, (_, pid) => `("nginx",pid=${pid},fd=6)`).join(',');
    const { sockets } = parseSockets(
      `ESTAB 0 0 10.0.0.1:80 10.0.0.2:5000 users:(${users}) timer:(keepalive,119min,0)\n0 0 ${'a:'.repeat(50_000)}\n`,
    );
    assert.deepEqual(
      sockets.map(({ peer, timer }) => [peer, timer]),
      [['10.0.0.2:5000', 'keepalive,119min,0']],
    );
  });

  it('without their command line have no state, which is told by line', () => {
    const lines = read('one-state-each.txt').split('\n');
    const { sockets, withoutState } = parseSockets(lines.slice(1, 7).join('\n'));
    assert.deepEqual([sockets, withoutState], [[], [2, 3, 4, 5, 6]]);
    // A second list has no part in the command line of the first.
    const second = parseSockets([...lines.slice(0, 3), lines[1], lines[4]].join('\n'));
    assert.deepEqual([second.sockets.length, second.withoutState], [1, [5]]);
    // Nor is a list of UDP sockets one of TCP sockets.
    const udp = parseSockets('$ ss -uan state established\n0 0 10.0.0.1:5000 10.0.0.2:53\n');
    assert.deepEqual([udp.sockets, udp.withoutState], [[], []]);
  });
});

describe('a command line of ss', () => {
  const cases: readonly [line: string, only: string | undefined][] = [
    ['$ ss -tan state time-wait', 'TIME-WAIT'],
    ['ss state TIME-WAIT', 'TIME-WAIT'],
    ['ss -tn src 10.0.0.1 state established', 'ESTABLISHED'],
    ["ssh host 'ss -tan state close-wait' > list.txt", 'CLOSE-WAIT'],
    ['$ sudo ip netns exec web /usr/sbin/ss -Htan state fin-wait-2 | sort | head -3', 'FIN-WAIT-2'],
    ["ss -tan state last-ack '( dport = :80 or dport = :443 )'", 'LAST-ACK'],
    ['Every 2.0s: ss -tan state syn-recv', 'SYN-RECEIVED'],
    ['ss -tan state syn-rcv # half-open ones', 'SYN-RECEIVED'],
    ['ss -tan state listening', 'LISTEN'],
    ['ss -tan state unconnected', 'CLOSED'],
    ['ss -tan state bucket excl time-wait', 'SYN-RECEIVED'],
    ['ss -tan exclude connected exclude closed', 'LISTEN'],
    ['ss -tan state time-wait state time-wait', 'TIME-WAIT'],
    ['ss -tan state time-wait state closing', undefined],
    ['ss -tan exclude synchronized state closing', undefined],
    ['ss -tan state established exclude established', undefined],
    ['ss -tan state connected', undefined],
    ['ss -tan; echo state time-wait', undefined],
    ['ss', undefined],
  ];
  for (const [line, only] of cases) {
    it(`${line}: ${only ?? 'a State column'}`, () => {
      const command = parseSsCommand(line);
      assert.ok(command !== undefined);
      assert.deepEqual([command.only, command.listsTcp], [only, true]);
    });
  }

  it('is none in prose, nor in another command', () => {
    for (const line of ['the ss command with state time-wait', 'less state time-wait', 'pass -x', 'ls -l']) {
      assert.equal(parseSsCommand(line), undefined, line);
    }
  });

  it('may be of other protocols alone', () => {
    for (const line of ['ss -uan', 'ss -xl', 'ss --udp -a', 'ss -A udp']) {
      assert.equal(parseSsCommand(line)?.listsTcp, false, line);
    }
    for (const line of ['ss -tuan', 'ss -a', 'ss -A udp,tcp', 'ss --tcp --udp']) {
      assert.equal(parseSsCommand(line)?.listsTcp, true, line);
    }
  });
});

/** Breaks a line at the last blank before a column. */
function broke(line: string, width: number): string {
  const at = line.lastIndexOf(' ', width);
  return line.length <= width || at <= 0 ? line : `${line.slice(0, at)}\n${line.slice(at)}`;
}
