/** Names that were searched for because their hashes have so much in common: what a malicious peer could choose. */
/** Pairs of three-letter ids that share all branches of a view with nobody else, in the order of the ids. About a thousand. */
export declare function collidingIds(): readonly (readonly [string, string])[];
