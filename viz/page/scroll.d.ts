/** Where a long list stands: rows of one height, in a scroller whose height browsers can bear. Pure. */
/** Browsers lose count above some 17 million pixels; a long list's scroller is this high at most. */
export declare const HIGHEST = 4000000;
export type Extent = {
    readonly rows: number;
    readonly rowHeight: number;
    readonly seen: number;
};
/** How high the scroller is. */
export declare const heightOf: ({ rows, rowHeight }: Extent) => number;
/** The row at the top (with its fraction) when the scroller stands at `top`. Short lists scroll by pixels, long ones by shares. */
export declare function rowAt(top: number, extent: Extent): number;
/** Where the scroller stands when a row is at the top. */
export declare function topOf(row: number, extent: Extent): number;
