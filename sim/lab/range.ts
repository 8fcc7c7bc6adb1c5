/** A range of values as people write it, `{ from: 1%, to: 10%, steps: 4, scale: log }`, and the values that it stands for. */

import { exp, ln, micros } from "../../engine/index.ts";
import { readLength, type Reading, readShare, showLength } from "../scenario/index.ts";

export type Range = {
  readonly from: string | number;
  readonly to: string | number;
  /** The number of values, both ends included; or the distance between them. */
  readonly steps?: number | undefined;
  readonly step?: string | number | undefined;
  readonly scale?: "linear" | "log" | undefined;
};

/** More values than anybody needs in one range. */
const MOST_STEPS = 10_000;

/** A quantity in a range: its kind and its number. */
type Quantity = { readonly kind: "length" | "share" | "number"; readonly value: number };

const no = (why: string): { readonly ok: false; readonly why: string } => ({ ok: false, why });

function quantityOf(written: string | number): Quantity | null {
  if (typeof written === "number") return { kind: "number", value: written };
  if (/%\s*$/.test(written)) {
    const share = readShare(written);
    return share.ok ? { kind: "share", value: share.value } : null;
  }
  const length = readLength(written);
  return length.ok ? { kind: "length", value: length.value } : null;
}

/** Lengths are whole microseconds; shares are percentages with ten digits; numbers are whole if both ends are, and otherwise have ten digits. */
function written(value: number, kind: Quantity["kind"], isWhole: boolean): string | number {
  switch (kind) {
    case "length": return showLength(micros(Math.round(value)));
    case "share":  return `${Number((value * 100).toPrecision(10))}%`;
    case "number": return isWhole ? Math.round(value) : Number(value.toPrecision(10));
  }
}

/** The values, in order, or why there are none. */
export function valuesOf({ from, to, steps, step, scale = "linear" }: Range): Reading<readonly (string | number)[]> {
  const [first, last] = [quantityOf(from), quantityOf(to)];
  if (first === null || last === null) return no(`${first === null ? from : to} is not a number, a length or a share: list the values instead`);
  if (first.kind !== last.kind) return no(`${from} and ${to} are of different kinds: give both the same unit`);
  if ((steps === undefined) === (step === undefined)) return no("a range has either steps, the number of values, or step, the distance between two");
  if (scale === "log" && (first.value <= 0 || last.value <= 0)) return no(`a logarithmic range must be above 0: ${first.value <= 0 ? from : to} is not`);
  if (scale === "log" && steps === undefined) return no("a logarithmic range needs steps, the number of values");
  if (steps === 1 && first.value !== last.value) return no(`one value can't be both ends, ${from} and ${to}: write steps: 2 or more, or list the value`);
  const count = steps ?? countOf(first, last, step ?? 0);
  if (typeof count === "string") return no(count);
  if (count > MOST_STEPS) return no(`this range has ${count} values, and ${MOST_STEPS} are the most`);
  const isWhole = Number.isInteger(first.value) && Number.isInteger(last.value) && (step === undefined || Number.isInteger(step));
  const between = (share: number): number => {
    if (share === 0) return first.value;
    if (share === 1) return last.value;
    return scale === "log" ? exp(ln(first.value) + share * (ln(last.value) - ln(first.value))) : first.value + share * (last.value - first.value);
  };
  const span = steps === undefined ? (quantityOf(step ?? 0)?.value ?? 1) * Math.sign(last.value - first.value) : 0;
  const values = Array.from({ length: count }, (_, i) => written(steps === undefined ? first.value + i * span : between(count === 1 ? 0 : i / (count - 1)), first.kind, isWhole));
  const twice = values.find((value, i) => value === values[i - 1]);
  return twice === undefined ? { ok: true, value: values } : no(`this range has ${twice} twice: use fewer steps`);
}

/** The number of values at this distance; or what is wrong with it. */
function countOf(first: Quantity, last: Quantity, step: string | number): number | string {
  const distance = quantityOf(step);
  if (distance === null || distance.kind !== first.kind || distance.value <= 0) return `step ${step} is impossible: write a distance above 0, of the same kind as from and to`;
  return Math.floor(Math.abs(last.value - first.value) / distance.value + 1e-9) + 1;
}
