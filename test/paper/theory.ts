/** What the SWIM paper's formulas predict, in closed form; and what a sample says beside it. */

export * from "../../sim/cli/paper/theory.ts";

/** Mean and standard error of a sample. */
export function meanOf(sample: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length;
  const variance = sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (sample.length - 1);
  return { mean, error: Math.sqrt(variance / sample.length) };
}
