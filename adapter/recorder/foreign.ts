/** What lies where a ring of recordings is to be: whatever is no recording would be moved away, and in time overwritten. */

import { closeSync, openSync, readSync, statSync } from "node:fs";

const SIGNATURE = Buffer.from("swimlab", "latin1");

/** The first file of this ring that is no recording of ours; undefined if there is none. Throws what the system says against looking. */
export const foreignIn = (file: string, files: number): string | undefined =>
  Array.from({ length: files }, (_, age) => (age === 0 ? file : `${file}.${age}`)).find((name) => statSync(name, { throwIfNoEntry: false })?.isFile() === true && !beginsLikeOurs(name));

/** As far as it goes. Where power failed, the system may have left zeros for what was not yet on the disk: no reason for a member not to start. */
function beginsLikeOurs(name: string): boolean {
  const file = openSync(name, "r");
  try {
    const bytes = Buffer.alloc(SIGNATURE.length);
    const begin = bytes.subarray(0, readSync(file, bytes));
    return begin.equals(SIGNATURE.subarray(0, begin.length)) || begin.every((byte) => byte === 0);
  } finally {
    closeSync(file);
  }
}
