/** Definitions of metrics: name, meaning, and how to read the value from a member's statistics. */

import type { Stats, SwimMember } from "../member/member.ts";

/** What is read at each scrape. */
export type Seen = { readonly stats: Stats; readonly member: SwimMember };

/** A value with its labels. */
export type Value = { readonly labels: Readonly<Record<string, string>>; readonly value: number };

export type Reading = {
  readonly name: string;
  readonly help: string;
  readonly kind: "counter" | "gauge";
  /** The names of its labels. */
  readonly labels: readonly string[];
  readonly read: (seen: Seen) => readonly Value[];
};

/** A metric without labels. */
export const plain = (kind: Reading["kind"], name: string, help: string, read: (seen: Seen) => number): Reading =>
  ({ kind, name, help, labels: [], read: (seen) => [{ labels: {}, value: read(seen) }] });

/** A gauge that not every member has. */
export const known = (name: string, help: string, read: (seen: Seen) => number | undefined): Reading => ({
  kind: "gauge", name, help, labels: [],
  read: (seen) => {
    const value = read(seen);
    return value === undefined ? [] : [{ labels: {}, value }];
  },
});

/** A metric with one label. The label values in `always` exist from the beginning, with 0, so that rates are correct. */
export const by = (kind: Reading["kind"], name: string, label: string, help: string, read: (seen: Seen) => Readonly<Record<string, number>>, always: readonly string[] = []): Reading => ({
  kind, name, help, labels: [label],
  read: (seen) => Object.entries({ ...Object.fromEntries(always.map((word) => [word, 0])), ...read(seen) }).map(([word, value]) => ({ labels: { [label]: word }, value })),
});

/** The counters with this prefix, by the rest of their names: `drops.label` under `drops` becomes `label`. */
export const under = (counted: Readonly<Record<string, number>>, name: string): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(counted).flatMap(([key, value]) => (key.startsWith(`${name}.`) ? [[key.slice(name.length + 1), value]] : [])));

/** Two kinds of counters that share names: what both have is added up. */
export const summed = (one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  ({ ...one, ...other, ...Object.fromEntries(Object.keys(one).filter((name) => name in other).map((name) => [name, of(one, name) + of(other, name)])) });

export const of = (counted: Readonly<Record<string, number>>, ...names: readonly string[]): number => names.reduce((sum, name) => sum + (counted[name] ?? 0), 0);

/** Microseconds in seconds, Prometheus' unit. */
export const inSeconds = (micros: number): number => micros / 1_000_000;

/** The kinds of messages on streams; all others are datagrams. A driver counts pings and acks on streams separately. */
const streams: ReadonlySet<string> = new Set(["push-pull", "compare", "patch", "user", "stream-ping", "stream-ack"]);

type Traffic = Stats["sent"];

/** One measure of what was sent or received, on datagrams or on streams, by kind of message. */
export const traffic = (flow: Traffic, way: "datagrams" | "streams", measure: "count" | "bytes"): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(flow).flatMap(([kind, counted]) => (streams.has(kind) === (way === "streams") ? [[kind, counted[measure]]] : [])));

export const total = (counted: Readonly<Record<string, number>>): number => Object.values(counted).reduce((sum, value) => sum + value, 0);
