import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openPcap, readRecords } from '../../core/wire/pcap.ts';
import type { TestApi } from '../../extension/test-api.ts';
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
    const screen = await screenOf(api, CAPTURE, 'capture', ({ file }) => file === 'opened.pcap');
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
    const expected = await screenOf(api, CAPTURE, 'capture', ({ file }) => file === 'same.pcap');
    await vscode.commands.executeCommand('vscode.open', next);
    await until('our editor', () => activeEditor() === CAPTURE || undefined);
    const screen = await screenOf(api, CAPTURE, 'capture', ({ file }) => file === 'same.pcapng');
    assert.deepEqual(screen.problems, []);
    assert.deepEqual(screen.connections, expected.connections);
    assert.deepEqual(screen.timeline?.arrows, expected.timeline?.arrows);
  });

  it('opens packed with gzip, and as far as the packing goes', async () => {
    const packed = await gzip(asPcapng(bytes));
    const uri = await writeFile('packed.pcapng.gz', packed);
    await vscode.commands.executeCommand('vscode.openWith', uri, 'handshake.captureOther');
    const screen = await screenOf(api, CAPTURE, 'capture', ({ file }) => file === 'packed.pcapng.gz');
    assert.deepEqual(screen.problems, []);
    assert.ok(screen.connections.length > 0);
    const cut = await writeFile('cut.pcap.gz', (await gzip(bytes)).slice(0, -4));
    await vscode.commands.executeCommand('handshake.openCapture', cut);
    const partly = await screenOf(api, CAPTURE, 'capture', ({ file }) => file === 'cut.pcap.gz');
    assert.equal(partly.problems.length, 1);
    assert.match(partly.problems[0] ?? '', /^cut\.pcap\.gz.*gzip/);
  });

  it('opens by command, whatever its name', async () => {
    const uri = await writeFile('recorded.bin', bytes);
    await vscode.commands.executeCommand('handshake.openCapture', uri);
    await screenOf(api, CAPTURE, 'capture', ({ file }) => file === 'recorded.bin');
  });

  it('can be asked about', async () => {
    const uri = await writeFile('asked.pcap', bytes);
    await vscode.commands.executeCommand('handshake.openCapture', uri);
    await screenOf(api, CAPTURE, 'capture', ({ file }) => file === 'asked.pcap');
    api.post(CAPTURE, { type: 'capture/drill', connection: 0 });
    const { question } = await screenOf(api, LESSON, 'lesson');
    const fields = unlikelyAnswer(question);
    api.post(LESSON, { type: 'question/answer', questionId: question.id, fields });
    const { verdict } = await screenOf(api, LESSON, 'lesson', (screen) => screen.verdict !== undefined);
    assert.match(verdict?.outcome ?? '', /^(wrong|partly)$/);
  });

  it('that breaks off shows what there is, and says where it breaks off', async () => {
    const uri = await writeFile('cut.pcap', bytes.slice(0, bytes.length - 5));
    await vscode.commands.executeCommand('handshake.openCapture', uri);
    const screen = await screenOf(api, CAPTURE, 'capture', ({ file }) => file === 'cut.pcap');
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
    const isIt = ({ file }: { file: string }) => file === 'growing [1].pcap';
    await screenOf(api, CAPTURE, 'capture', (screen) => isIt(screen) && screen.problems.length === 1);
    await writeFile('growing [1].pcap', bytes);
    await screenOf(api, CAPTURE, 'capture', (screen) => isIt(screen) && screen.problems.length === 0);
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
