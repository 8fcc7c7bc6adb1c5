/** The head of an arrow: a small triangle at the second end of a line. */
type Corner = readonly [x: number, y: number];
/** Its corners, for the line of four numbers that begins at a place of `points`. On a line shorter than twice the head, it is smaller. */
export declare function headOf(points: Float32Array, place: number, head: number): readonly [Corner, Corner, Corner];
export {};
