import type { ComponentChildren } from 'preact';
import { post } from './host.ts';

/** A link that the host opens; only https. */
export function ExternalLink({
  href,
  children,
}: {
  readonly href: string | undefined;
  readonly children: ComponentChildren;
}) {
  if (href === undefined || !href.startsWith('https://')) return <span>{children}</span>;
  const open = (event: MouseEvent) => {
    event.preventDefault();
    post({ type: 'link/open', href });
  };
  return (
    <a href={href} onClick={open}>
      {children}
    </a>
  );
}
