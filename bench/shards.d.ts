/** Folders of shards such as many machines would leave behind, without the hours that it takes to play them: what is in a row decides nothing of how long it takes to merge. */
/** 64 of them. */
export declare const CELLS = 64;
/** Writes so many shards of 64 cells with so many repetitions each, and answers with their folders. */
export declare function writeShards(into: string, repeats: number, shards: number): readonly string[];
