import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blockMarkdown, inlineMarkdown } from '../../../quizzes/markdown.ts';

const INLINE = [
  ['plain', 'plain'],
  ['**bold** and *em*', '<strong>bold</strong> and <em>em</em>'],
  ['`x+1` < `y`', '<code>x+1</code> &lt; <code>y</code>'],
  ['<b onclick="x">', '&lt;b onclick=&quot;x&quot;&gt;'],
  ['[a *b*](https://example.org/x?y=1&z=2)', '<a href="https://example.org/x?y=1&amp;z=2">a <em>b</em></a>'],
  ['[a](http://example.org "a title")', '<a href="http://example.org">a</a>'],
  ['[a](javascript:alert(1))', 'a'],
  ['[a](//example.org)', 'a'],
  ['[a](https:example.org)', 'a'],
  ['[a](../x)', 'a'],
  ['[a](command:workbench.action.quit)', 'a'],
  ['<me@example.org>', 'me@example.org'],
  ['[a]: https://example.org', '[a]: https://example.org'],
  ['![a](https://example.org/a.png)', '!<a href="https://example.org/a.png">a</a>'],
  ['<https://example.org>', '<a href="https://example.org">https://example.org</a>'],
  ['&lt;script&gt;', '&lt;script&gt;'],
] as const;

const TAGS =
  /<a href="https?:\/\/[^\s"'<>/?#][^\s"'<>]*">|<\/?(?:a|p|ul|ol|li|strong|em|code|pre|blockquote|h[1-6]|hr|br)\/?>/g;

describe('Markdown of packs', () => {
  for (const [source, html] of INLINE) {
    it(`renders ${JSON.stringify(source)}`, () => assert.equal(inlineMarkdown(source), html));
  }
  it('renders paragraphs and lists', () => {
    assert.equal(
      blockMarkdown('One\n\n- a\n- b\n\n3. c'),
      '<p>One</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol>\n<li>c</li>\n</ol>',
    );
  });
  it('makes nothing but known tags, none with attributes but links to the web', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '[',
      ']',
      '(',
      ')',
      '!',
      '`',
      '```js\n',
      '*',
      '_',
      '#',
      '\n',
      '- ',
      '> ',
      '&lt;',
      '<img src=x onerror=y>',
      'https://a.b',
      '<!--',
      ']]>',
      '[a]: http://x\n',
      '[a](http://b',
      '](https://a.b "',
      '<https://a',
      'javascript:',
      '\\',
      ' x="y" ',
      '10. ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 20 }), (parts) => {
        const rest = blockMarkdown(parts.join('')).replace(TAGS, '');
        assert.doesNotMatch(rest, /[<>]/);
      }),
      { numRuns: 2000 },
    );
  });
});
