/**
 * The calibration loop: a fixed piece of work, of the kind the simulator does, that says how fast this machine is right now.
 * Figures are held against their budgets as ratios to it, because machines differ and are noisy.
 */

/** What the calibration loop takes on the machine for which the budgets were written when it is at its slower pace, in milliseconds of CPU. */
export const CALIBRATION = 70;

/** One table that fits near the processor, one that does not: large simulations wait for memory as much as they compute. */
const near = new Int32Array(262_144);
const far = new Int32Array(8_388_608);

/** Small objects made and dropped, integers mixed, both tables read and written at random. */
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

/** Milliseconds of CPU that one loop takes here and now: the median of three. */
export function calibrationMilliseconds(): number {
  const times = Array.from({ length: 3 }, () => cpuMilliseconds(() => calibrationWork())).toSorted((one, other) => one - other);
  return times[1] ?? 0;
}

/**
 * What some work takes, of several rounds, each right after a calibration loop: the least of the one against the least of the other, because noise only ever adds, to either. The least of their
 * ratios would be that of the round in which the loop was disturbed and the work was not.
 */
export class Rounds {
  private readonly taken: number[] = [];
  private readonly loops: number[] = [];

  /** One round: milliseconds of CPU, or whatever the work is counted in. */
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

  /** The least as a multiple of the loop. */
  get ratio(): number {
    return this.least / Math.min(...this.loops);
  }
}

/** Milliseconds that pass while one loop runs: more than it computes, on a machine with much else to do. The median of three. */
export function calibrationWallMilliseconds(): number {
  const times = Array.from({ length: 3 }, () => wallMilliseconds(() => calibrationWork())).toSorted((one, other) => one - other);
  return times[1] ?? 0;
}

/** Milliseconds that pass while some work is done. */
export function wallMilliseconds(work: () => void): number {
  const before = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - before) / 1e6;
}

/** Milliseconds of CPU, of all threads of this process, that some work takes. */
export function cpuMilliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
