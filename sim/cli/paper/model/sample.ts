/** Statistics of a sample: means with their errors, and quantiles that are measured values. */

export const sumOf = (sample: readonly number[]): number => sample.reduce((sum, x) => sum + x, 0);

/** Null for an empty sample. */
export const meanOf = (sample: readonly number[]): number | null => (sample.length === 0 ? null : sumOf(sample) / sample.length);

/** The standard deviation, estimated from a sample of two or more; 0 for fewer. */
export function deviationOf(sample: readonly number[]): number {
  if (sample.length < 2) return 0;
  const mean = sumOf(sample) / sample.length;
  return Math.sqrt(sumOf(sample.map((x) => (x - mean) ** 2)) / (sample.length - 1));
}

/** The standard error of the mean. */
export const errorOf = (sample: readonly number[]): number => (sample.length < 2 ? 0 : deviationOf(sample) / Math.sqrt(sample.length));

/** The ⌈share · n⌉-th of n in ascending order: never an interpolated value. Null if the sample is too small to have such a tail. */
export function quantileOf(sample: readonly number[], share: number): number | null {
  if (sample.length === 0 || sample.length * (1 - share) < 1) return null;
  return sample.toSorted((one, other) => one - other)[Math.ceil(share * sample.length) - 1] ?? null;
}

export const medianOf = (sample: readonly number[]): number | null => quantileOf(sample, 0.5) ?? sample[0] ?? null;

/** The slope of the least-squares line through these points, and its standard error if each point has this deviation. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[], deviation: number): { readonly slope: number; readonly error: number } {
  const middle = sumOf(points.map(([x]) => x)) / points.length;
  const spread = sumOf(points.map(([x]) => (x - middle) ** 2));
  return { slope: sumOf(points.map(([x, y]) => (x - middle) * y)) / spread, error: deviation / Math.sqrt(spread) };
}

/** By how much counts of independent rare events practically never differ from their mean: four standard deviations and one more. */
export const poissonSlack = (expected: number): number => 4 * Math.sqrt(expected) + 1;

/** The number of pairs in the wrong order; equal values do not count. */
export const inversionsIn = (ascending: readonly number[]): number =>
  sumOf(ascending.map((x, nth) => ascending.slice(nth + 1).filter((later) => later < x).length));
