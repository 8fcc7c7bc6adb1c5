/** Scrolling of long lists: rows of equal height, in a scroller whose height browsers can handle. Pure. */

/** Browsers fail above some 17 million pixels; this is the most for a long list's scroller. */
export const HIGHEST = 4_000_000;

export type Extent = { readonly rows: number; readonly rowHeight: number; readonly seen: number };

/** The height of the scroller. */
export const heightOf = ({ rows, rowHeight }: Extent): number => Math.min(HIGHEST, rows * rowHeight);

/** The row at the top (with its fraction) when the scroller is at `top`. Short lists scroll by pixels, long ones proportionally. */
export function rowAt(top: number, extent: Extent): number {
  const { rows, rowHeight, seen } = extent;
  const way = heightOf(extent) - seen;
  return way <= 0 ? 0 : (Math.min(1, Math.max(0, top / way)) * (rows * rowHeight - seen)) / rowHeight;
}

/** The scroller's position when a row is at the top. */
export function topOf(row: number, extent: Extent): number {
  const { rows, rowHeight, seen } = extent;
  const all = rows * rowHeight - seen;
  return all <= 0 ? 0 : (Math.min(all, Math.max(0, row * rowHeight)) / all) * (heightOf(extent) - seen);
}
