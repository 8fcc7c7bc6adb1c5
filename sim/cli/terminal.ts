/** Who is at the other end: a person, a file or a program, and where to write for each. */

/** Where the command writes, and for whom. */
export type Terminal = {
  /** Writes to standard output: the report or the document asked for, and nothing else. */
  readonly say: (text: string) => void;
  /** Writes a line to standard error: what is going on, and what is wrong. */
  readonly remark: (line: string) => void;
  readonly width: number;
  readonly color: boolean;
  /** Where a progress bar moves; null unless a person watches. */
  readonly screen: NodeJS.WriteStream | null;
};

/** As wide as a report likes to be where nobody says how wide the page is. */
const USUAL_WIDTH = 100;

/** This process's own. NO_COLOR and FORCE_COLOR are heeded, as Node.js heeds them. */
export function thisTerminal(): Terminal {
  const { stdout, stderr } = process;
  return {
    say: (text) => void stdout.write(text),
    remark: (line) => void stderr.write(`${line}\n`),
    width: stdout.isTTY ? stdout.columns : USUAL_WIDTH,
    color: stdout.isTTY && stdout.hasColors(),
    screen: stderr.isTTY ? stderr : null,
  };
}
