const PATHS = {
  right: 'M3 8.5l3.2 3.2L13 4.8',
  wrong: 'M4 4l8 8M12 4l-8 8',
  back: 'M10 3.5L5.5 8 10 12.5',
  forward: 'M6 3.5L10.5 8 6 12.5',
  first: 'M11 3.5L6.5 8 11 12.5M4.5 3.5v9',
  last: 'M5 3.5L9.5 8 5 12.5M11.5 3.5v9',
  play: 'M5 3.2v9.6L12.6 8z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  fit: 'M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3',
  copy: 'M6 6h7v7H6zM10 6V3H3v7h3',
  close: 'M4 4l8 8M12 4l-8 8',
  note: 'M8 4.2v5M8 11.6v.2',
  down: 'M4 6l4 4 4-4',
  clock: 'M8 2.5a5.5 5.5 0 1 0 .01 0M8 5v3.2l2.2 1.6',
} as const;

export type IconName = keyof typeof PATHS;

/** A small drawing beside a text that says the same; hidden from screen readers. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
