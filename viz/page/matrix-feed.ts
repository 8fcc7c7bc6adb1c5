/** Requests the matrix: not for every frame while playing, because nobody reads that fast, and for a very large group only when the cursor rests. */

import type { MatrixPicture } from "../model/picture.ts";
import type { RunFacts, RunId } from "../model/run.ts";
import type { Desk } from "./desk.ts";
import { latest } from "./latest.ts";
import type { PageState } from "./state.ts";

/** The most cells of the matrix, per side. */
const MOST_CELLS = 256;
/** The pause between two matrices while the clock runs, in milliseconds. */
const PAUSE = 120;

export class MatrixFeed {
  private asked = "";
  private askedAt = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private held: MatrixPicture | null = null;
  private readonly run: RunId;
  private readonly ask;

  constructor(run: RunId, desk: Pick<Desk, "ask">, take: (matrix: MatrixPicture) => void) {
    this.run = run;
    this.ask = latest(desk, "matrix", (matrix) => {
      // An equal matrix keeps its identity, so that it is not redrawn.
      if (this.held !== null && isAlike(this.held, matrix)) return;
      this.held = matrix;
      take(matrix);
    });
  }

  /** `rest`: how long the cursor must rest before the matrix is requested, in milliseconds; 0 for not at all. */
  follow({ clock }: PageState, facts: RunFacts, rest: number): void {
    const key = `${clock.at} ${facts.lines} ${facts.knownUntil}`;
    if (key === this.asked) return;
    this.asked = key;
    const says = { run: this.run, at: clock.at, wish: { firstRow: 0, firstColumn: 0, members: facts.members.length, most: MOST_CELLS } };
    clearTimeout(this.timer);
    const wait = Math.max(rest, clock.isPlaying ? this.askedAt + PAUSE - performance.now() : 0);
    const go = (): void => {
      this.askedAt = performance.now();
      this.ask(says);
    };
    if (wait <= 0) go();
    else this.timer = setTimeout(go, wait);
  }
}

function isAlike(one: MatrixPicture, other: MatrixPicture): boolean {
  return one.firstRow === other.firstRow && one.firstColumn === other.firstColumn && one.binned === other.binned && one.columns === other.columns &&
    isEqual(one.cells, other.cells) && isEqual(one.wrong, other.wrong) && isEqual(one.truth, other.truth);
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let place = 0; place < one.length; place++) if (one[place] !== other[place]) return false;
  return true;
}
