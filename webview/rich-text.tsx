import { type ComponentChild, h } from 'preact';
import { ExternalLink } from './external-link.tsx';
import { isWebAddress } from './protocol.ts';

/** What quizzes/markdown.ts makes of an author's text. */
const ALLOWED = new Set('p code pre strong em ul ol li br blockquote hr h1 h2 h3 h4 h5 h6'.split(' '));
/** Dropped with everything inside; any other element is dropped but its text stays. */
const DROPPED = new Set(['script', 'style', 'template', 'iframe', 'object', 'svg', 'math']);

function convert(node: Node, key: number): ComponentChild {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (!(node instanceof Element)) return null;
  const tag = node.tagName.toLowerCase();
  if (DROPPED.has(tag)) return null;
  const children = Array.from(node.childNodes, convert);
  const href = tag === 'a' ? node.getAttribute('href') : null;
  if (href !== null && isWebAddress(href)) {
    return (
      <ExternalLink key={key} href={href}>
        {children}
      </ExternalLink>
    );
  }
  return ALLOWED.has(tag) ? h(tag, { key }, children) : children;
}

/** Text with a little markup: rebuilt from an allow-list without attributes, never inserted as HTML. Links ask first. */
export function RichText({ html }: { readonly html: string }) {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return <>{Array.from(body.childNodes, convert)}</>;
}

/** One line of text in which code stands between backticks. */
export function InlineCode({ text }: { readonly text: string }) {
  return (
    <>{text.split('`').map((part, place) => (place % 2 === 1 ? h('code', { key: place }, part) : part))}</>
  );
}
