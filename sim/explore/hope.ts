/** Hope: from which situations some path leads to agreement. */

/** The edges that start in situations without agreement, in the order in which they were found. */
export class Doubts {
  private readonly doubtful: boolean[] = [];
  private readonly from: number[] = [];
  private readonly to: number[] = [];

  /** Adds the next situation, in order of their numbers. */
  note(isAgreed: boolean): void {
    this.doubtful.push(!isAgreed);
  }

  leads(from: number, to: number): void {
    if (this.doubtful[from] !== true) return;
    this.from.push(from);
    this.to.push(to);
  }

  /**
   * The nearest situation from which no path leads to agreement, whatever happens; −1 if there is none. From all others a fair run reaches agreement: only so many things
   * may go wrong, and whatever is possible again and again happens eventually.
   */
  beyondHope(): number {
    const count = this.doubtful.length;
    // The edges, sorted by their targets.
    const starts = new Int32Array(count + 1);
    for (const there of this.to) starts[there + 1]!++;
    for (let number = 0; number < count; number++) starts[number + 1]! += starts[number]!;
    const next = starts.slice();
    const sources = new Int32Array(this.to.length);
    this.to.forEach((there, edge) => (sources[next[there]!++] = this.from[edge]!));
    const isHopeful = Uint8Array.from(this.doubtful, (isDoubtful) => (isDoubtful ? 0 : 1));
    const open: number[] = [];
    isHopeful.forEach((is, number) => void (is !== 0 && open.push(number)));
    for (let there = open.pop(); there !== undefined; there = open.pop()) {
      for (let edge = starts[there]!; edge < starts[there + 1]!; edge++) {
        const source = sources[edge]!;
        if (isHopeful[source] !== 0) continue;
        isHopeful[source] = 1;
        open.push(source);
      }
    }
    return isHopeful.indexOf(0);
  }
}
