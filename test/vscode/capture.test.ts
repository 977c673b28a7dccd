import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openPcap, readRecords } from '../../core/wire/pcap.ts';
import type { TestApi } from '../../extension/test-api.ts';
import type { CaptureScreen } from '../../webview/protocol.ts';
import { ethernet, ipv4, pcap, tcp } from '../core/wire/build.ts';
import { frame, networkInterface, pcapng, section } from '../core/wire/build-pcapng.ts';
import {
  closeEditors,
  extension,
  handshake,
  lastScreen,
  screenOf,
  unlikelyAnswer,
  until,
  writeFile,
} from './handshake.ts';

const CAPTURE = 'handshake.capture';
const LESSON = 'handshake.lesson';
const LAB = 'handshake.lab';
/** Octets of a pcap file's header, and of each record's. */
const FILE_HEADER = 24;
const RECORD_HEADER = 16;

/** A capture that ships with the extension. */
async function realCapture(): Promise<Uint8Array> {
  const folder = vscode.Uri.joinPath(extension().extensionUri, 'dist', 'packs');
  const files = await vscode.workspace.fs.readDirectory(folder);
  const subfolders = files.filter(([, type]) => type === vscode.FileType.Directory).map(([name]) => name);
  for (const place of [folder, ...subfolders.map((name) => vscode.Uri.joinPath(folder, name))]) {
    for (const [name] of await vscode.workspace.fs.readDirectory(place)) {
      if (name.endsWith('.pcap')) return vscode.workspace.fs.readFile(vscode.Uri.joinPath(place, name));
    }
  }
  throw new Error('no capture ships with the extension');
}

/** The capture without its first packets. */
function withoutFirstPackets(pcap: Uint8Array, count: number): Uint8Array {
  const view = new DataView(pcap.buffer, pcap.byteOffset, pcap.byteLength);
  let at = FILE_HEADER;
  for (let packet = 0; packet < count; packet += 1) at += RECORD_HEADER + view.getUint32(at + 8, true);
  return new Uint8Array([...pcap.subarray(0, FILE_HEADER), ...pcap.subarray(at)]);
}

/** The same frames as pcapng. */
function asPcapng(pcap: Uint8Array): Uint8Array {
  const opened = openPcap(pcap);
  assert.ok(opened.ok);
  const blocks = [section(), networkInterface({ linkType: opened.value.linkType, resolution: 9 })];
  readRecords(pcap, opened.value, (start, end, wireLength, seconds, nanoseconds) => {
    const stamp = BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
    const time = [Number(stamp >> 32n), Number(stamp & 0xffffffffn)] as const;
    blocks.push(frame([...pcap.subarray(start, end)], { time, wireLength }));
  });
  return pcapng(blocks);
}

async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const packed = new Blob([bytes.slice()]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Tells the screen of a file that has been read to its end. */
function wholeOf(name: string): (screen: Pick<CaptureScreen, 'file' | 'reading'>) => boolean {
  return ({ file, reading }) => file === name && reading === undefined;
}

/** A connection of so many segments: the handshake, then one octet and its acknowledgment, again and again. */
function longCapture(segments: number): Uint8Array {
  const there = { sourcePort: 40_000, destinationPort: 80 };
  const back = { sourcePort: 80, destinationPort: 40_000 };
  const reversed = { source: [10, 0, 0, 2], destination: [10, 0, 0, 1] };
  const packets = [
    ipv4(tcp({ ...there, flags: 0x02, seq: 99 })),
    ipv4(tcp({ ...back, flags: 0x12, seq: 299, ack: 100 }), reversed),
    ipv4(tcp({ ...there, flags: 0x10, seq: 100, ack: 300 })),
  ];
  for (let sent = 0; packets.length < segments; sent += 1)
    packets.push(
      ipv4(tcp({ ...there, flags: 0x18, seq: 100 + sent, ack: 300, payload: [7] })),
      ipv4(tcp({ ...back, flags: 0x10, seq: 300, ack: 101 + sent }), reversed),
    );
  return pcap(
    packets.slice(0, segments).map((packet, at) => ({ at: [at, 0] as const, octets: ethernet(packet) })),
  );
}

function activeEditor(): string | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom ? input.viewType : undefined;
}

describe('a capture', () => {
  let api: TestApi;
  let bytes: Uint8Array;
  before(async () => {
    api = await handshake();
    bytes = await realCapture();
  });
  afterEach(closeEditors);

  it('opens in our editor by itself', async () => {
    const uri = await writeFile('opened.pcap', bytes);
    await vscode.commands.executeCommand('vscode.open', uri);
    await until('our editor', () => activeEditor() === CAPTURE || undefined);
    const screen = await screenOf(api, CAPTURE, 'capture', wholeOf('opened.pcap'));
    assert.deepEqual(screen.problems, []);
    assert.ok(screen.connections.length > 0);
    assert.ok((screen.timeline?.arrows.length ?? 0) > 2);
    assert.equal(screen.timeline?.more, false);
  });

  it('opens as pcapng in our editor by itself, and shows the same', async () => {
    const [classic, next] = [
      await writeFile('same.pcap', bytes),
      await writeFile('same.pcapng', asPcapng(bytes)),
    ];
    await vscode.commands.executeCommand('vscode.open', classic);
    const expected = await screenOf(api, CAPTURE, 'capture', wholeOf('same.pcap'));
    await vscode.commands.executeCommand('vscode.open', next);
    await until('our editor', () => activeEditor() === CAPTURE || undefined);
    const screen = await screenOf(api, CAPTURE, 'capture', wholeOf('same.pcapng'));
    assert.deepEqual(screen.problems, []);
    assert.deepEqual(screen.connections, expected.connections);
    assert.deepEqual(screen.timeline?.arrows, expected.timeline?.arrows);
  });

  it('opens packed with gzip, and as far as the packing goes', async () => {
    const packed = await gzip(asPcapng(bytes));
    const uri = await writeFile('packed.pcapng.gz', packed);
    await vscode.commands.executeCommand('vscode.openWith', uri, 'handshake.captureOther');
    const screen = await screenOf(api, CAPTURE, 'capture', wholeOf('packed.pcapng.gz'));
    assert.deepEqual(screen.problems, []);
    assert.ok(screen.connections.length > 0);
    const cut = await writeFile('cut.pcap.gz', (await gzip(bytes)).slice(0, -4));
    await vscode.commands.executeCommand('handshake.openCapture', cut);
    const partly = await screenOf(api, CAPTURE, 'capture', wholeOf('cut.pcap.gz'));
    assert.equal(partly.problems.length, 1);
    assert.match(partly.problems[0] ?? '', /^cut\.pcap\.gz.*gzip/);
  });

  it('opens by command, whatever its name', async () => {
    const uri = await writeFile('recorded.bin', bytes);
    await vscode.commands.executeCommand('handshake.openCapture', uri);
    await screenOf(api, CAPTURE, 'capture', wholeOf('recorded.bin'));
  });

  it('can be asked about', async () => {
    const uri = await writeFile('asked.pcap', bytes);
    await vscode.commands.executeCommand('handshake.openCapture', uri);
    await screenOf(api, CAPTURE, 'capture', wholeOf('asked.pcap'));
    api.post(CAPTURE, { type: 'capture/drill', connection: 0 });
    const { question } = await screenOf(api, LESSON, 'lesson');
    const fields = unlikelyAnswer(question);
    api.post(LESSON, { type: 'question/answer', questionId: question.id, fields });
    const { verdict } = await screenOf(api, LESSON, 'lesson', (screen) => screen.verdict !== undefined);
    assert.match(verdict?.outcome ?? '', /^(wrong|partly)$/);
  });

  it('is played again in the what-if lab, by button and by command, or said why not', async () => {
    const whole = await writeFile('what-if.pcap', bytes);
    await vscode.commands.executeCommand('handshake.openCapture', whole);
    await screenOf(api, CAPTURE, 'capture', ({ timeline }) => timeline !== undefined);
    api.post(CAPTURE, { type: 'capture/what-if', connection: 0 });
    const lab = await screenOf(api, LAB, 'lab', ({ scenario }) => scenario === 'what-if.pcap · 1');
    assert.match(lab.note ?? '', /all \d+ segments are as captured/);
    await vscode.commands.executeCommand('handshake.openCapture', whole);
    await vscode.commands.executeCommand('handshake.openLab');
    await screenOf(api, LAB, 'lab', ({ scenario }) => scenario === 'what-if.pcap · 1');

    const late = await writeFile('late.pcap', withoutFirstPackets(bytes, 3));
    await vscode.commands.executeCommand('handshake.openCapture', late);
    await screenOf(api, CAPTURE, 'capture', ({ file }) => file === 'late.pcap');
    await vscode.commands.executeCommand('handshake.openLab');
    const problem = await screenOf(api, LAB, 'problem', () => true);
    assert.match(problem.problems.join(), /late\.pcap.*first SYN/);
    for (const file of [whole, late]) await vscode.workspace.fs.delete(file);
  });

  it('is drawn part by part when a connection is long, each part with the states that led there', async () => {
    const uri = await writeFile('part.pcap', longCapture(2501));
    await vscode.commands.executeCommand('handshake.openCapture', uri);
    const first = await screenOf(api, CAPTURE, 'capture', wholeOf('part.pcap'));
    assert.equal(first.timeline?.arrows.length, first.part?.size);
    api.post(CAPTURE, { type: 'capture/part', from: 2400 });
    const last = await screenOf(api, CAPTURE, 'capture', ({ part }) => part?.from === 2400);
    assert.equal(last.timeline?.arrows.length, 101);
    const [step] = last.timeline?.steps ?? [];
    assert.ok(step !== undefined && step.path !== 'hidden');
    assert.deepEqual([step.path.at(-1), step.doubt], ['ESTABLISHED', undefined]);
  });

  it('has a list that is sent in part, in the order and with the words asked for', async () => {
    const uri = await writeFile('rows.pcap', bytes);
    await vscode.commands.executeCommand('handshake.openCapture', uri);
    await screenOf(api, CAPTURE, 'capture', wholeOf('rows.pcap'));
    const wish = { from: 0, sort: 'bytes', down: true, filter: 'nowhere' } as const;
    api.post(CAPTURE, { type: 'capture/rows', wish });
    const none = await screenOf(api, CAPTURE, 'capture', ({ table }) => table?.filter === 'nowhere');
    assert.deepEqual([none.connections.length, none.table?.matching], [0, 0]);
  });

  it('becomes a pack beside it, with nothing of whose it was and no problem', async () => {
    const uri = await writeFile('made.pcap', bytes);
    await vscode.commands.executeCommand('handshake.openCapture', uri);
    await screenOf(api, CAPTURE, 'capture', wholeOf('made.pcap'));
    api.post(CAPTURE, { type: 'capture/pack', connection: 0 });
    const pack = await until('the pack', () => {
      const { activeTextEditor } = vscode.window;
      return activeTextEditor?.document.uri.path.endsWith('/made-1.tcpquiz.yaml')
        ? activeTextEditor.document
        : undefined;
    });
    assert.match(pack.getText(), /capture: made-1\.anonymous\.pcap/);
    const anonymous = vscode.Uri.joinPath(pack.uri, '..', 'made-1.anonymous.pcap');
    assert.ok((await vscode.workspace.fs.readFile(anonymous)).length > 100);
    await new Promise((resolve) => setTimeout(resolve, 3000)); // as long as an author would wait for squiggles
    assert.deepEqual(vscode.languages.getDiagnostics(pack.uri), []);
  });

  it('that breaks off shows what there is, and says where it breaks off', async () => {
    const uri = await writeFile('cut.pcap', bytes.slice(0, bytes.length - 5));
    await vscode.commands.executeCommand('handshake.openCapture', uri);
    const screen = await screenOf(api, CAPTURE, 'capture', wholeOf('cut.pcap'));
    assert.equal(screen.problems.length, 1);
    assert.match(screen.problems[0] ?? '', /^cut\.pcap, byte \d+: \S/);
    assert.ok(screen.connections.length > 0);
  });

  it('that breaks off in its first record has one message and no connection', async () => {
    const uri = await writeFile('stump.pcap', bytes.slice(0, FILE_HEADER + RECORD_HEADER + 10));
    await vscode.commands.executeCommand('handshake.openCapture', uri);
    const screen = await screenOf(api, CAPTURE, 'problem', ({ problems }) =>
      /^stump/.test(problems[0] ?? ''),
    );
    assert.equal(screen.problems.length, 1);
  });

  it('is followed when its file is written again', async () => {
    const uri = await writeFile('growing [1].pcap', bytes.slice(0, bytes.length - 5));
    await vscode.commands.executeCommand('handshake.openCapture', uri);
    const isIt = wholeOf('growing [1].pcap');
    await screenOf(api, CAPTURE, 'capture', (screen) => isIt(screen) && screen.problems.length === 1);
    await writeFile('growing [1].pcap', bytes);
    await screenOf(api, CAPTURE, 'capture', (screen) => isIt(screen) && screen.problems.length === 0);
  });

  it('that is too large for a host that reads it in one piece has one message, and is not read', async () => {
    const huge: vscode.FileStat = { type: vscode.FileType.File, ctime: 0, mtime: 0, size: 3e9 };
    const registered = vscode.workspace.registerFileSystemProvider('handshake-huge', {
      stat: () => huge,
      readFile: () => assert.fail('it was read'),
      watch: () => ({ dispose: () => undefined }),
      onDidChangeFile: () => ({ dispose: () => undefined }),
      readDirectory: () => [],
      createDirectory: () => undefined,
      writeFile: () => undefined,
      delete: () => undefined,
      rename: () => undefined,
    });
    try {
      await vscode.commands.executeCommand(
        'handshake.openCapture',
        vscode.Uri.parse('handshake-huge:/huge.pcap'),
      );
      const screen = await screenOf(api, CAPTURE, 'problem', ({ problems }) =>
        /^huge/.test(problems[0] ?? ''),
      );
      assert.equal(screen.problems.length, 1);
      assert.match(screen.problems.join(), /^huge\.pcap has 3000 MB\. .*editcap -c/);
    } finally {
      await closeEditors();
      registered.dispose();
    }
  });

  it('that is none has one message', async () => {
    for (const [name, content] of [
      ['empty.pcap', ''],
      ['prose.pcap', 'This is no capture at all, but it is long enough to have a header.'],
    ] as const) {
      const uri = await writeFile(name, content);
      await vscode.commands.executeCommand('handshake.openCapture', uri);
      const screen = await screenOf(
        api,
        CAPTURE,
        'problem',
        ({ problems }) => problems[0]?.startsWith(name) === true,
      );
      assert.equal(screen.problems.length, 1);
    }
    assert.equal(lastScreen(api, CAPTURE)?.kind, 'problem');
  });
});
