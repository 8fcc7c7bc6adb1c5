/** What a link contains: the shown experiments, as data, and the place in them, as words that a person can read. */

import { instant, type Instant } from "../../engine/index.ts";
import type { Edit, Experiment } from "./run.ts";

/** An experiment in a link: without its text if it is a shipped scenario. */
export type Packed = {
  readonly file: string;
  readonly text?: string;
  readonly seed?: string;
  readonly run?: number;
  readonly edits?: readonly Edit[];
  /** The index of the experiment in the link from which it was forked, and when. */
  readonly parent?: number;
  readonly at?: number;
};

/** All runs of a link; the first is shown, the second beside it. */
export type Bundle = readonly Packed[];

/** A place in a run. Members by name, so that a link remains valid if their order changes. */
export type Spot = {
  readonly at: Instant;
  /** The line after which the cursor is, and the selected line. */
  readonly line: number | null;
  readonly chosen: number | null;
  readonly member: string | null;
  readonly message: number | null;
  readonly observer: string | null;
  readonly filter: string;
  readonly view: string;
  readonly tab: string;
  readonly layout: string;
  readonly lanes: string;
  readonly span: { readonly from: Instant; readonly to: Instant } | null;
  /** The tour's step and moment, as in `tour.ts`; empty for none. */
  readonly tour: string;
};

export function packed({ file, text, seed, run, edits }: Experiment, shippedText: string | undefined): Packed {
  return {
    file,
    ...(text === shippedText ? {} : { text }), ...(seed === null ? {} : { seed }), ...(run === 0 ? {} : { run }), ...(edits.length === 0 ? {} : { edits }),
  };
}

/** Restores the experiment; null if it needs a scenario that is no longer shipped. */
export function unpacked({ file, text, seed, run, edits }: Packed, shippedText: string | undefined): Experiment | null {
  const known = text ?? shippedText;
  return known === undefined ? null : { file, text: known, seed: seed ?? null, run: run ?? 0, edits: edits ?? [] };
}

/** Validates a bundle: links come from anywhere. */
export function bundleFrom(value: unknown): Bundle | null {
  return Array.isArray(value) && value.length > 0 && value.length <= 4 && value.every(isPacked) ? value : null;
}

function isPacked(value: unknown): value is Packed {
  if (typeof value !== "object" || value === null) return false;
  const { file, text, seed, run, edits, parent, at } = value as Record<string, unknown>;
  const isMaybe = (field: unknown, kind: string): boolean => field === undefined || typeof field === kind;
  return typeof file === "string" && isMaybe(text, "string") && isMaybe(seed, "string") && isMaybe(run, "number") && isMaybe(parent, "number") && isMaybe(at, "number") &&
    (edits === undefined || (Array.isArray(edits) && edits.every((edit) => typeof edit === "object" && edit !== null && typeof (edit as Record<string, unknown>)["at"] === "string")));
}

/** As parameters of an address: `t=66.5&member=m06`. */
export function wordsOf(spot: Spot): readonly (readonly [name: string, value: string])[] {
  const seconds = (at: number): string => String(at / 1e6);
  const all: readonly (readonly [string, string | null])[] = [
    ["t", seconds(spot.at)], ["line", spot.line === null ? null : String(spot.line)], ["chosen", spot.chosen === null ? null : String(spot.chosen)], ["member", spot.member], ["message", spot.message === null ? null : String(spot.message)],
    ["eyes", spot.observer], ["filter", spot.filter === "" ? null : spot.filter], ["view", spot.view], ["tab", spot.tab], ["layout", spot.layout], ["lanes", spot.lanes === "all" ? null : spot.lanes],
    ["span", spot.span === null ? null : `${seconds(spot.span.from)}-${seconds(spot.span.to)}`],
    ["tour", spot.tour === "" ? null : spot.tour],
  ];
  return all.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

/** The place that parameters name; invalid ones are ignored. */
export function spotFrom(get: (name: string) => string | null): Spot {
  const number = (text: string | null): number | null => (text === null || text === "" || !Number.isFinite(Number(text)) ? null : Number(text));
  const moment = (text: string | null): Instant => instant(Math.max(0, (number(text) ?? 0) * 1e6));
  const [from, to] = (get("span") ?? "").split("-");
  return {
    at: moment(get("t")), line: number(get("line")), chosen: number(get("chosen")), member: get("member"), message: number(get("message")), observer: get("eyes"), filter: get("filter") ?? "",
    view: get("view") ?? "", tab: get("tab") ?? "", layout: get("layout") ?? "", lanes: get("lanes") ?? "all",
    span: from === undefined || to === undefined || moment(to) <= moment(from) ? null : { from: moment(from), to: moment(to) },
    tour: get("tour") ?? "",
  };
}
