/** The order in which people count files: run2 before run10. */
export declare const naturally: (one: string, other: string) => number;
