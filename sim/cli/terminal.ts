/** The terminal: whether a person, a file or a program reads the output, and where to write for each. */

/** Where the command writes, and for whom. */
export type Terminal = {
  /** Writes to standard output: only the requested report or document. */
  readonly say: (text: string) => void;
  /** Writes a line to standard error: progress and problems. */
  readonly remark: (line: string) => void;
  readonly width: number;
  readonly color: boolean;
  /** Where a progress bar is drawn; null unless a person watches. */
  readonly screen: NodeJS.WriteStream | null;
};

/** The width of reports if the width of the page is unknown. */
const USUAL_WIDTH = 100;

/** This process's own. Respects NO_COLOR and FORCE_COLOR, as Node.js does. */
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
