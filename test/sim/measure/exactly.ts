/** Probabilities in whole numbers, for tests: nothing of ours, no doubles, no formula but the definition. */

const choose = (n: number, k: number): bigint => {
  let ways = 1n;
  for (let i = 0; i < k; i++) ways = (ways * BigInt(n - i)) / BigInt(i + 1);
  return ways;
};

/** P(X ≤ k) of a binomial X with so many trials, each a hit in `percentage` of a hundred: as a share of 10⁴⁰. */
export function binomialAtMost(k: number, trials: number, percentage: number): bigint {
  let sum = 0n;
  for (let j = 0; j <= k; j++) sum += choose(trials, j) * BigInt(percentage) ** BigInt(j) * BigInt(100 - percentage) ** BigInt(trials - j);
  return (sum * WHOLE) / 100n ** BigInt(trials);
}

/** What is certain, in the shares that these functions answer with. */
export const WHOLE = 10n ** 40n;

/** P(X ≤ k) of a Poisson X whose mean is so many ten-thousandths: the first terms of the series of e^mean, over all that count. */
export function poissonAtMost(k: number, tenThousandths: number): bigint {
  const mean = BigInt(tenThousandths);
  let [term, all, first] = [WHOLE * 10n ** 60n, 0n, 0n];
  for (let j = 0; term > 0n; j++) {
    all += term;
    if (j <= k) first += term;
    term = (term * mean) / (10_000n * BigInt(j + 1));
  }
  return (first * WHOLE) / all;
}

/**
 * How much of Student's distribution lies beyond ±t: for whole degrees of freedom a finite sum of powers of a cosine (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4).
 */
export function studentBeyond(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const isOdd = freedom % 2 === 1;
  let [term, sum] = [isOdd ? cosine : 1, 0];
  for (let j = isOdd ? 3 : 2; j <= freedom; j += 2) {
    sum += term;
    term *= (cosine * cosine * (j - 1)) / j;
  }
  return 1 - (isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum);
}
