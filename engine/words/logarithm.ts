/**
 * Logarithms and exponentials that every JavaScript engine computes alike. `Math.log` and `Math.exp` may differ in the
 * last bit from one engine to the next; these use only + − × ÷, which IEEE 754 defines to the bit.
 */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** The natural logarithm of a positive number, to within two units in the last place; −Infinity for 0, NaN below. */
export function ln(x: number): number {
  if (x <= 0) return x === 0 ? -Infinity : NaN;
  // Infinity and NaN: halving would never bring these down to one.
  if (!(x < Infinity)) return x;
  let mantissa = x;
  let exponent = 0;
  while (mantissa >= 1.4142135623730951) { mantissa /= 2; exponent++; }
  while (mantissa < 0.7071067811865476) { mantissa *= 2; exponent--; }
  // ln m = 2 artanh s = 2 (s + s³/3 + s⁵/5 + …), with s = (m − 1)/(m + 1) at most 0.172.
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let series = 0;
  for (let k = 21; k >= 3; k -= 2) series = (series + 1 / k) * square;
  return exponent * LN2_HIGH + (2 * (s + s * series) + exponent * LN2_LOW);
}

/** e to the power of x, to within two units in the last place; 0 below −745 and Infinity above 709.78. */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  const twos = Math.round(x / (LN2_HIGH + LN2_LOW));
  const rest = x - twos * LN2_HIGH - twos * LN2_LOW;
  // 1 + r(1 + r/2 (1 + r/3 (…))), from the inside out, so that only the last rounding counts in full.
  let sum = 1;
  for (let k = 18; k >= 1; k--) sum = 1 + (rest * sum) / k;
  return scale(sum, twos);
}

/** x · 2^power. In two halves, because 2^power alone may underflow or overflow. */
function scale(x: number, power: number): number {
  const half = Math.trunc(power / 2);
  return x * powerOfTwo(half) * powerOfTwo(power - half);
}

function powerOfTwo(power: number): number {
  let result = 1;
  for (let base = power < 0 ? 0.5 : 2, left = Math.abs(power); left > 0; left = Math.floor(left / 2), base *= base) {
    if (left % 2 === 1) result *= base;
  }
  return result;
}

/** ⌈log₁₀ x⌉ for a whole x ≥ 1, by comparison with the powers of ten. */
export function ceilLog10(x: number): number {
  let power = 1;
  let digits = 0;
  while (power < x) { power *= 10; digits++; }
  return digits;
}

/** ⌈ln x⌉ for a whole x ≥ 1. No whole number above 1 is a power of e, so rounding never decides. */
export const ceilLn = (x: number): number => Math.ceil(ln(x));

/** log₁₀ x for x ≥ 1, cut to thousandths: how memberlist scales its suspicions (rule 41). */
export function log10Thousandths(x: number): number {
  const thousandths = Math.floor((ln(x) / 2.302585092994046) * 1000 + 1e-9);
  return thousandths / 1000;
}
