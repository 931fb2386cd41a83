// Every sign of the portal, drawn: a glyph is an empty box where no font has it. Lines on a 20-unit square, in the manner of Fluent 2.

const PATHS = {
  add: 'M10 4v12M4 10h12',
  back: 'M17 10H3.5M9 4.5 3.5 10 9 15.5',
  branch: 'M10 3v4M10 7H5v5M10 7h5v5M3 12h4v5H3zM13 12h4v5h-4z',
  check: 'M4 10.5l4 4 8-9',
  chevronDown: 'M5 7.5l5 5 5-5',
  chevronRight: 'M7.5 5l5 5-5 5',
  clock: 'M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0M10 6v4.5h3.5',
  close: 'M5 5l10 10M15 5 5 15',
  edit: 'M4 13.5 13.2 4.3a1.8 1.8 0 0 1 2.5 2.5L6.5 16 3 17zM12 5.5l2.5 2.5',
  fit: 'M3 7V4a1 1 0 0 1 1-1h3M13 3h3a1 1 0 0 1 1 1v3M17 13v3a1 1 0 0 1-1 1h-3M7 17H4a1 1 0 0 1-1-1v-3',
  flow: 'M3 5h5v4H3zM12 11h5v4h-5zM8 7h3a1.5 1.5 0 0 1 1.5 1.5V11',
  globe: 'M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0M3 10h14M10 3c-5 4.5-5 9.5 0 14M10 3c5 4.5 5 9.5 0 14',
  history: 'M3.5 6.500A7 7 0 1 1 3 10M3.5 3v3.500H7M10 6.500v4l3 1.5',
  link: 'M8 6H6a4 4 0 0 0 0 8h2M12 6h2a4 4 0 0 1 0 8h-2M7 10h6',
  loop: 'M4 8.500a6.5 6.5 0 0 1 11.5-2.500M16 3v3.500h-3.500M16 11.500A6.5 6.5 0 0 1 4.5 14M4 17v-3.500h3.5',
  map: 'M3 5l4.5-2 5 2L17 3v12l-4.5 2-5-2L3 17zM7.5 3v12M12.5 5v12',
  minus: 'M4 10h12',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  people: 'M10.5 7a3 3 0 1 1-6 0 3 3 0 0 1 6 0M2.5 16.500c0-3 2-4.5 5-4.500s5 1.5 5 4.500M12.5 4.300a3 3 0 0 1 0 5.400M14.5 12.300c2 .5 3 2 3 4.200',
  play: 'M6 4l10 6-10 6z',
  redo: 'M16.5 3.500v5h-5M16.5 8.500H8a4.5 4.5 0 0 0 0 9h3',
  scope: 'M3 3h14v14H3zM7 7h6v6H7z',
  search: 'M13 8.500a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0M12 12l4.5 4.5',
  sparkle: 'M8 3l1.5 4.500L14 9l-4.5 1.500L8 15l-1.5-4.500L2 9l4.5-1.500zM15 12.500l.8 2.200 2.200.8-2.200.8-.8 2.200-.8-2.200-2.200-.8 2.200-.8z',
  switch: 'M3 10h4M7 10l5-6h5M7 10h10M7 10l5 6h5',
  trash: 'M3.5 5.500h13M8 5.500V4a1 1 0 0 1 1-1h2a1 1 0 0 1 1 1v1.500M5 5.500l.8 11h8.400l.8-11M8.5 9v4.500M11.5 9v4.5',
  trigger: 'M11 2.5 5 11h4.500L9 17.5 15 9h-4.500z',
  undo: 'M3.5 3.500v5h5M3.5 8.500H12a4.5 4.5 0 0 1 0 9H9',
  variable: 'M6 4H4v12h2M14 4h2v12h-2M8 8l4 4M12 8l-4 4',
  warning: 'M10 3 2.5 16.500h15zM10 8v4M10 14.300v.01',
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name, size = 16 }: { name: IconName; size?: number }) => (
  <svg className="icon" viewBox="0 0 20 20" width={size} height={size} fill="none" stroke="currentColor" strokeWidth={name === 'more' ? 2.4 : 1.4} strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
);

/** Nine dots: Microsoft's app launcher. */
export const Waffle = () => (
  <svg viewBox="0 0 20 20" width="20" height="20" fill="currentColor" aria-hidden="true">
    {[4, 10, 16].flatMap((y) => [4, 10, 16].map((x) => <circle key={`${x} ${y}`} cx={x} cy={y} r="1.6" />))}
  </svg>
);

/** A filled round sign: works, or doesn't. */
export const Health = ({ works, label }: { works: boolean; label: string }) => (
  <svg viewBox="0 0 20 20" width="16" height="16" role="img" aria-label={label}>
    <circle cx="10" cy="10" r="9" fill={works ? '#107c10' : '#bc2f32'} />
    <path d={works ? 'M5.5 10.500l3 3 6-6.5' : 'M10 5v6M10 14.500v.01'} fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" />
  </svg>
);
