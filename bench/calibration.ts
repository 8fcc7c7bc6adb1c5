/**
 * The calibration loop: a fixed piece of work, of the kind the simulator does, that says how fast this machine is right now.
 * Figures are held against their budgets as ratios to it, because machines differ and are noisy.
 */

/** Small objects made and dropped, integers mixed, a table of a megabyte read at random. */
export function calibrationWork(): number {
  const table = new Int32Array(262_144);
  let x = 0x12345678;
  let last: { readonly a: number; readonly b: number; readonly next: object | null } = { a: 0, b: 0, next: null };
  for (let i = 0; i < 6_000_000; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    const place = x & 262_143;
    table[place] = (table[place]! + Math.imul(x, 0x9e3779b1)) | 0;
    last = { a: last.b ^ x, b: table[(place * 7) & 262_143]!, next: i % 64 === 0 ? null : last };
  }
  return last.a ^ x;
}

/** Milliseconds of CPU that one loop takes here and now: the median of several, after one to warm up. */
export function calibrate(loops = 5): number {
  calibrationWork();
  const times = Array.from({ length: loops }, () => cpuMilliseconds(() => calibrationWork())).toSorted((one, other) => one - other);
  return times[Math.floor(loops / 2)] ?? 0;
}

/** Milliseconds of CPU, of all threads of this process, that some work takes. */
export function cpuMilliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
