/** Names that were looked for because their hashes have so much in common: what a peer can choose who wants to cost much. */
/** Pairs of ids of three letters that have all branches of a view to themselves, in the order of the ids. About a thousand. */
export declare function collidingIds(): readonly (readonly [string, string])[];
