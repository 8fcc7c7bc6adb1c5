/** The report of a replay for people: each recording's span and verdict, where it differed, what was announced. */

import type { Change } from "../../../engine/index.ts";
import { type Estimate, lineText } from "../../../trace/index.ts";
import { inkOf } from "../report/ink.ts";
import { type Row, table } from "../report/table.ts";
import { tame } from "../report/wording.ts";
import type { Verdict, Verified } from "./verify.ts";

export type Findings = {
  readonly recordings: readonly Verified[];
  readonly unread: readonly { readonly name: string; readonly why: string }[];
  readonly estimates: readonly Estimate[];
  readonly verdict: Verdict;
};

const count = (x: number): string => x.toLocaleString("en-US");
const seconds = (micros: number): string => `${(micros / 1e6).toLocaleString("en-US", { maximumFractionDigits: 3 })} s`;

/** The whole report. */
export function reportText({ recordings, unread, estimates, verdict }: Findings, color: boolean): string {
  const ink = inkOf(color);
  const inks = { same: ink.pass, different: ink.fail, unknown: ink.unknown } as const satisfies Record<Verdict, (text: string) => string>;
  const titles = titlesOf(recordings);
  const rows: readonly Row[] = [
    ["member", "from", "for", "lines", "chunks", "effects", "verdict"],
    ...recordings.map((recording, number): Row => [
      titles[number] ?? "", whenOf(recording), recording.span === null ? "–" : seconds(recording.span.until - recording.span.at), count(recording.same + recording.unplayed),
      count(recording.chunks), count(recording.effects), { text: recording.verdict, ink: inks[recording.verdict] },
    ]),
  ];
  const total = recordings.reduce((sum, { same }) => sum + same, 0);
  const partings = recordings.flatMap(({ partings: all }, number) => all.flatMap((parting) => ["", ...partingText(titles[number] ?? "", parting)]));
  const missing = [...recordings.flatMap(({ names, missing }) => (missing === null ? [] : [`${names.join(", ")}: ${missing}`])), ...unread.map(({ name, why }) => `${name}: ${why}`)];
  return [
    ink.title("Replayed"),
    ...table(rows, "llrrrrl"),
    ...partings,
    ...section("Missing", missing.map((line) => `  ${line}`)),
    ...section("Announced", announcedRows(recordings, titles)),
    ...section("Clocks", estimates.map((estimate) => `  ${clockText(estimate, titles)}`)),
    "",
    `${sentence[verdict]} lines=${total} verdict=${verdict}`,
    "",
  ].join("\n");
}

const sentence: Readonly<Record<Verdict, string>> = {
  same: "every step replays to the effects that were recorded:",
  different: "a step does not replay to what was recorded:",
  unknown: "all that is present replays as recorded, but something is missing:",
};

const section = (title: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ["", title, ...lines]);

export const nameOf = ({ members, names }: Verified): string => {
  const [first, second] = members.map(tame);
  if (first === undefined) return names[0] ?? "";
  return second === undefined ? first : `${first} and ${members.length - 1} more`;
};

/** The name of each recording's member, numbered if several have the same: a restarted member has a recording of each life. */
function titlesOf(recordings: readonly Verified[]): readonly string[] {
  const names = recordings.map(nameOf);
  return names.map((name, number) => (names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${names.slice(0, number + 1).filter((other) => other === name).length})`));
}

/** By the wall clock, if known; otherwise in seconds since the origin. */
function whenOf({ span, wallAtOrigin }: Verified): string {
  if (span === null) return "–";
  return wallAtOrigin === null ? seconds(span.at) : new Date(wallAtOrigin + span.at / 1_000).toISOString();
}

/** Both sides, as far as known: of the recorded side there is only a hash. */
function partingText(title: string, { why, parting }: Verified["partings"][number]): readonly string[] {
  if (parting === undefined) return [`${title}: ${why}`];
  const { at, who, event, effects, check, recorded } = parting;
  return [
    `${title}: ${why}`,
    `  here:     ${lineText({ kind: "stepped", at, who, event, check }, effects).trim()}`,
    `            and then the check is ${hexadecimal(check)}`,
    `  recorded: the same event; of its effects only the check is known, ${hexadecimal(recorded)}`,
  ];
}

const hexadecimal = (check: number): string => check.toString(16).padStart(4, "0");

function announcedRows(recordings: readonly Verified[], titles: readonly string[]): readonly string[] {
  const kinds = [...new Set(recordings.flatMap(({ announced }) => [...announced.keys()]))].toSorted();
  if (kinds.length === 0) return [];
  const cell = ({ announced }: Verified, kind: Change["kind"]): string => count(announced.get(kind) ?? 0);
  return table([["", ...kinds], ...recordings.map((recording, number): Row => [titles[number] ?? "", ...kinds.map((kind) => cell(recording, kind))])], `l${"r".repeat(kinds.length)}`);
}

const lengthText = (micros: number): string => (micros < 1e6 ? `${micros / 1_000} ms` : seconds(micros));

function clockText({ one, other, ahead, within, messages }: Estimate, titles: readonly string[]): string {
  return `${titles[other]} is ${lengthText(Math.abs(ahead))} ${ahead < 0 ? "behind" : "ahead of"} ${titles[one]}, give or take ${lengthText(within)} (${count(messages)} pings and acks)`;
}
