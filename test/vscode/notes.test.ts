import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, handshake, until, writeFile } from './handshake.ts';

const NOTES = `# A handshake

\`\`\`mermaid
sequenceDiagram
    C->>S: SYN seq=x
    S->>C: SYN-ACK seq=y ack=x
\`\`\`
`;

const BLOCK = '```tcp\n- B: listen\n- A: connect\n```\n\n```tcp\n- A: konnect\n```\n';

interface Token {
  readonly info: string;
  readonly content: string;
}

/**
 * Renders `BLOCK` as VS Code's Markdown preview does. Where VS Code's Markdown extension runs in another host than ours
 * (a browser with a server behind it), it cannot ask our plugin: then it is asked here, as the preview would.
 */
async function blockRenderer(): Promise<() => string | Promise<string>> {
  if (vscode.extensions.getExtension('vscode.markdown-language-features'))
    return async () => vscode.commands.executeCommand<string>('markdown.api.render', BLOCK);
  const plain = (tokens: readonly Token[], index: number) => tokens[index]?.content ?? '';
  const { renderer } = (await handshake()).extendMarkdownIt({ renderer: { rules: { fence: plain } } });
  const tokens = [...BLOCK.matchAll(/```(\w+)\n([^`]*)```/g)].map(([, info = '', content = '']) => ({
    info,
    content,
  }));
  return () => tokens.map((_, index) => renderer.rules.fence?.(tokens, index) ?? '').join('\n');
}

describe('notes in Markdown', () => {
  before(handshake);
  afterEach(closeEditors);

  it('an impossible number has a warning, and a fix that mends it', async () => {
    const uri = await writeFile('notes.md', NOTES);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const ours = () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Handshake');
    const [problem, ...others] = await until('a warning', () => (ours().length > 0 ? ours() : undefined));
    assert.ok(problem);
    assert.deepEqual(others, []);
    assert.match(problem.message, /x\+1.*RFC 9293 §3\.4/);
    const edit = await until('a fix', async () => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        problem.range,
      );
      return actions.find((action) => action.edit?.has(uri))?.edit;
    });
    await vscode.workspace.applyEdit(edit);
    assert.match(document.getText(), /SYN-ACK seq=y ack=x\+1/);
    await until('no warning', () => (ours().length === 0 ? true : undefined));
    await document.save();
  });

  it('a mistake in a tcp block is underlined, and a fix mends it', async () => {
    const uri = await writeFile('block.md', '# Run\n\n```tcp\n- B: listen\n- A: conect\n```\n');
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const ours = () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Handshake');
    const [problem] = await until('a problem', () => (ours().length > 0 ? ours() : undefined));
    assert.ok(problem);
    assert.equal(document.getText(problem.range), 'conect');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      problem.range,
    );
    const edit = actions.find((action) => action.isPreferred)?.edit;
    assert.ok(edit);
    await vscode.workspace.applyEdit(edit);
    assert.match(document.getText(), /^- A: connect$/m);
    await until('no problem', () => (ours().length === 0 ? true : undefined));
    await document.save();
  });

  it('a tcp block is drawn in the Markdown preview, and a wrong one says why', async () => {
    const render = await blockRenderer();
    const html = await until('a drawing', async () => {
      const rendered = await render();
      return rendered.includes('handshake-figure') ? rendered : undefined;
    });
    assert.match(html, /<svg [^>]*class="handshake-timeline"/);
    assert.match(html, /class="handshake-problems"/);
  });
});
