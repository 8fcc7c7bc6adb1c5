/** Texts made small enough for an address: deflated, in letters that need no escaping. */
export declare function squeeze(text: string): Promise<string>;
/** The text again. Rejected if it is none. */
export declare function unsqueeze(letters: string): Promise<string>;
