/** Natural order of file names: run2 before run10. */

const collator = new Intl.Collator("en", { numeric: true });

export const naturally = (one: string, other: string): number => collator.compare(one, other);
