/** Folders of shards as many machines would leave them, without the hours of playing them: the content of a row does not affect how long merging takes. */
/** 64 of them. */
export declare const CELLS = 64;
/** Writes this many shards of 64 cells with this many repetitions each, and returns their folders. */
export declare function writeShards(into: string, repeats: number, shards: number): readonly string[];
