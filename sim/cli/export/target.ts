/** Where an export goes: to standard output, or to a file that is there whole or not at all. */

import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { exits, isSystemFault, Stop, whyNot } from "../stop.ts";
import type { Terminal } from "../terminal.ts";

/** Texts are gathered to about so many characters before they are written. */
const PIECE = 262_144;

/** Hands `write` to whoever writes, and its answer back. Throws a Stop if the file can't be written; then the one that was there stays. */
export function written<Answer>(path: string | undefined, terminal: Terminal, by: (write: (text: string) => void) => Answer): Answer {
  if (path === undefined) return gathered(terminal.say, by);
  if (path === "") throw new Stop(exits.usage, "--out wants the name of a file");
  const draft = `${path}.unfinished`;
  let file: number | null = null;
  try {
    const open = (file = openSync(draft, "w"));
    const answer = gathered((text) => void writeSync(open, text), by);
    closeSync(open);
    file = null;
    renameSync(draft, path);
    return answer;
  } catch (fault) {
    if (file !== null) closeSync(file);
    rmSync(draft, { force: true });
    if (!isSystemFault(fault)) throw fault;
    throw new Stop(exits.noOutput, `${path} can't be written: ${whyNot(fault)}`);
  }
}

function gathered<Answer>(write: (text: string) => void, by: (write: (text: string) => void) => Answer): Answer {
  let waiting = "";
  const answer = by((text) => {
    waiting += text;
    if (waiting.length < PIECE) return;
    write(waiting);
    waiting = "";
  });
  write(waiting);
  return answer;
}
