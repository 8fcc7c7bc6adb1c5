/** What the threads of an experiment share: which run is next, whether there is a next one, and how far everybody is. */

const NEXT = 0;
const END = 1;
const FINISHED = 2;
const PLAYERS = 3;

/** How finely progress is told. */
const WHOLE = 1_000;

/**
 * A board in shared memory. Each player takes the next run from it by itself, so that nobody waits for a foreman. Which
 * player gets which run is left to chance, and decides nothing: a run is a pure function of (scenario, run).
 */
export class Board {
  readonly memory: SharedArrayBuffer;
  private readonly slots: Int32Array;

  /** Hangs up a new one, or stands before one that another thread has hung up. */
  constructor(of: { readonly runs: number; readonly players: number } | SharedArrayBuffer) {
    this.memory = of instanceof SharedArrayBuffer ? of : new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * (PLAYERS + of.players));
    this.slots = new Int32Array(this.memory);
    if (!(of instanceof SharedArrayBuffer)) this.slots[END] = of.runs;
  }

  /** The next run, or null if nobody should begin another. */
  take(): number | null {
    const run = Atomics.add(this.slots, NEXT, 1);
    return run < Atomics.load(this.slots, END) ? run : null;
  }

  /** Nobody begins another run; those under way go on to their end. */
  close(): void {
    Atomics.store(this.slots, END, 0);
  }

  /** A player has come so far in its run: from 0 to 1. */
  reach(player: number, share: number): void {
    Atomics.store(this.slots, PLAYERS + player, Math.floor(share * WHOLE));
  }

  /** A player's run is over. */
  finish(player: number): void {
    this.reach(player, 0);
    Atomics.add(this.slots, FINISHED, 1);
  }

  get finished(): number {
    return Atomics.load(this.slots, FINISHED);
  }

  /** Runs played: those finished, and of those under way the part behind them. */
  get played(): number {
    return this.finished + this.slots.subarray(PLAYERS).reduce((sum, reached) => sum + reached, 0) / WHOLE;
  }
}
