/** What the threads of an experiment share: which run is next, whether there is one, and how far each thread is. */

const NEXT = 0;
const END = 1;
const FINISHED = 2;
const PLAYERS = 3;

/** An end that may still move is stored as its complement, so that a waiting thread notices any change of it. */
const open = (end: number): number => ~end;

/** The resolution of progress. */
const WHOLE = 1_000;

/**
 * A board in shared memory. Each player takes the next run from it by itself, so that no coordinator is needed. Which
 * player gets which run is random, and does not matter: a run is a pure function of (scenario, run).
 */
export class Board {
  readonly memory: SharedArrayBuffer;
  private readonly slots: Int32Array;

  private readonly mayWait: boolean;

  /**
   * Creates a new board, or opens one that another thread has created. With `isOpen`, there may be more runs than are known: players that open it wait
   * for them, but its creator never does.
   */
  constructor(of: { readonly runs: number; readonly players: number; readonly isOpen?: boolean } | SharedArrayBuffer) {
    this.mayWait = of instanceof SharedArrayBuffer;
    this.memory = of instanceof SharedArrayBuffer ? of : new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * (PLAYERS + of.players));
    this.slots = new Int32Array(this.memory);
    if (!(of instanceof SharedArrayBuffer)) this.slots[END] = of.isOpen === true ? open(of.runs) : of.runs;
  }

  /** The next run, or null if no further run should begin. */
  take(): number | null {
    for (;;) {
      const [next, end] = [Atomics.load(this.slots, NEXT), Atomics.load(this.slots, END)];
      if (next < (end < 0 ? open(end) : end)) {
        if (Atomics.compareExchange(this.slots, NEXT, next, next + 1) === next) return next;
      } else if (end < 0 && this.mayWait) Atomics.wait(this.slots, END, end);
      else return null;
    }
  }

  /** Adds runs up to this number; more may follow. */
  extend(runs: number): void {
    this.move(open(runs));
  }

  /** No more runs will be added. */
  settle(): void {
    const end = Atomics.load(this.slots, END);
    if (end < 0) this.move(open(end));
  }

  /** No further run begins; those under way continue to their end. */
  close(): void {
    this.move(0);
  }

  private move(end: number): void {
    Atomics.store(this.slots, END, end);
    Atomics.notify(this.slots, END);
  }

  /** Records a player's progress in its run: from 0 to 1. */
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

  /** Runs played: those finished, and the finished parts of those under way. */
  get played(): number {
    return this.finished + this.slots.subarray(PLAYERS).reduce((sum, reached) => sum + reached, 0) / WHOLE;
  }
}
