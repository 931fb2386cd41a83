// Small line drawings on a 20-unit square: no font has to hold them.
const PATHS = {
  add: 'M10 4v12M4 10h12',
  back: 'M16 10H4M9 5l-5 5 5 5',
  bin: 'M4 6h12M8 6V4h4v2M6 6l1 10h6l1-10',
  close: 'M5 5l10 10M15 5L5 15',
  dots: 'M5 10h.01M10 10h.01M15 10h.01',
  down: 'M5 8l5 5 5-5',
  edit: 'M4 16l1-4 8-8 3 3-8 8z',
  fail: 'M10 4l7 12H3zM10 8v4M10 14h.01',
  fit: 'M3 7V4a1 1 0 0 1 1-1h3M13 3h3a1 1 0 0 1 1 1v3M17 13v3a1 1 0 0 1-1 1h-3M7 17H4a1 1 0 0 1-1-1v-3',
  flows: 'M4 5h5v4H4zM11 11h5v4h-5zM9 7h4.5v4',
  less: 'M4 10h12',
  link: 'M8 12l4-4M9 6l1.5-1.5a3.2 3.2 0 0 1 4.5 4.5L13.5 10.500M11 14l-1.500 1.500a3.200 3.200 0 0 1-4.500-4.500L6.500 9.500',
  map: 'M3 5l4.5-2 5 2L17 3v12l-4.5 2-5-2L3 17zM7.5 3v12M12.5 5v12',
  ok: 'M4 10.500l4 4 8-9',
  redo: 'M15 4v5h-5M15 9a6 6 0 1 0 1 5',
  right: 'M8 5l5 5-5 5',
  search: 'M13 8.5a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0M12 12l4.5 4.5',
  undo: 'M5 4v5h5M5 9a6 6 0 1 1-1 5',
  waffle: 'M4 4h.01M10 4h.01M16 4h.01M4 10h.01M10 10h.01M16 10h.01M4 16h.01M10 16h.01M16 16h.01',
};

export const Sign = ({ of }: { of: keyof typeof PATHS }) => (
  <svg viewBox="0 0 20 20" width="16" height="16" fill="none" stroke="currentColor" strokeWidth={of === 'waffle' || of === 'dots' ? 2.4 : 1.4} strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" style={{ verticalAlign: '-3px' }}>
    <path d={PATHS[of]} />
  </svg>
);
