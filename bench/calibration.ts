/**
 * The calibration loop: a fixed piece of work, similar to the simulator's, that measures how fast this machine is right now.
 * Figures are compared with their budgets as ratios to it, because machines differ and are noisy.
 */

/** The CPU time of the calibration loop on the machine for which the budgets were written, at its slower pace, in milliseconds. */
export const CALIBRATION = 70;

/** One table that fits into a near cache, and one that does not: large simulations wait for memory as much as they compute. */
const near = new Int32Array(262_144);
const far = new Int32Array(8_388_608);

/** Creates and drops small objects, mixes integers, and reads and writes both tables at random. */
export function calibrationWork(): number {
  let x = 0x12345678;
  let last: { readonly a: number; readonly b: number; readonly next: object | null } = { a: 0, b: 0, next: null };
  for (let i = 0; i < 3_000_000; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    const place = x & 262_143;
    near[place] = (near[place]! + Math.imul(x, 0x9e3779b1)) | 0;
    if ((i & 7) === 0) far[x & 8_388_607] = (far[(x * 7) & 8_388_607]! ^ x) | 0;
    last = { a: last.b ^ x, b: near[(place * 7) & 262_143]!, next: i % 64 === 0 ? null : last };
  }
  return last.a ^ x;
}

/** The CPU time of one loop here and now, in milliseconds: the median of three. */
export function calibrationMilliseconds(): number {
  const times = Array.from({ length: 3 }, () => cpuMilliseconds(() => calibrationWork())).toSorted((one, other) => one - other);
  return times[1] ?? 0;
}

/**
 * The cost of some work in several rounds, each right after a calibration loop: the least of the work against the least of the loop, because noise only ever adds, to either. The least ratio would
 * instead come from a round in which the loop was disturbed and the work was not.
 */
export class Rounds {
  private readonly taken: number[] = [];
  private readonly loops: number[] = [];

  /** One round: milliseconds of CPU, or another unit of the work. */
  add(loop: number, taken: number): void {
    this.loops.push(loop);
    this.taken.push(taken);
  }

  get all(): readonly number[] {
    return this.taken;
  }

  get least(): number {
    return Math.min(...this.taken);
  }

  /** The least cost as a multiple of the loop. */
  get ratio(): number {
    return this.least / Math.min(...this.loops);
  }
}

/** The wall time of one loop in milliseconds: more than its CPU time on a busy machine. The median of three. */
export function calibrationWallMilliseconds(): number {
  const times = Array.from({ length: 3 }, () => wallMilliseconds(() => calibrationWork())).toSorted((one, other) => one - other);
  return times[1] ?? 0;
}

/** The wall time of some work, in milliseconds. */
export function wallMilliseconds(work: () => void): number {
  const before = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - before) / 1e6;
}

/** The CPU time of some work, in milliseconds, over all threads of this process. */
export function cpuMilliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
