/** `trace`: prints a trace as text. */

import { type Instant, instant, type MemberId, memberId } from "../../engine/index.ts";
import { openTrace, storyText, type Trace } from "../../trace/index.ts";
import { readLength } from "../scenario/index.ts";
import { nearest } from "../scenario/nearest.ts";
import { readBytes } from "./file.ts";
import { tame } from "./report/wording.ts";
import { exits, Stop } from "./stop.ts";
import type { Terminal } from "./terminal.ts";

export type TraceOptions = { readonly from?: string; readonly to?: string; readonly member: readonly string[] };

/** Returns 0, or 65 if the trace is damaged: the rest of it is printed all the same. Throws a Stop. */
export function tellTrace(file: string, { from, to, member }: TraceOptions, terminal: Terminal): number {
  const span = { ...(from === undefined ? {} : { from: moment("--from", from) }), ...(to === undefined ? {} : { to: moment("--to", to) }) };
  if ("from" in span && "to" in span && span.to < span.from) throw new Stop(exits.usage, "--to lies before --from: nothing would be left to tell");
  const opened = openTrace(readBytes(file));
  if (!opened.ok) throw new Stop(exits.badData, `${file}: ${opened.why}`);
  const { trace } = opened;
  const members = member.map((name) => memberOf(trace, name));
  terminal.say(`# ${aboutText(trace)}\n${storyText(trace, { ...span, ...(members.length === 0 ? {} : { members }) })}`);
  if (trace.missing === null) return 0;
  terminal.remark(`${file}: ${trace.missing}`);
  return exits.badData;
}

/** The moment given by an option. Throws a Stop. */
export function moment(option: string, written: string): Instant {
  const length = readLength(written);
  if (!length.ok) throw new Stop(exits.usage, `${option}: ${length.why}`);
  return instant(length.value);
}

/** `scenario=partition seed=1 run=0`: the description in the trace's header, without the scenario's own text. */
const aboutText = ({ header }: Trace): string =>
  Object.entries(header.about).filter(([name]) => name !== "source").map(([name, value]) => `${name}=${moments.has(name) ? dateText(value) : tame(String(value))}`).join(" ");

/** Entries of a flight's header that are in milliseconds since 1970. */
const moments: ReadonlySet<string> = new Set(["bornAt", "wallAtOrigin"]);

function dateText(value: string | number): string {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? tame(String(value)) : date.toISOString();
}

/** A member of a trace, by name. Throws a Stop. */
export function memberOf(trace: Trace, name: string): MemberId {
  return memberAmong(everybody(trace), name, "this trace");
}

/** The same for any set of names. */
export function memberAmong(known: ReadonlySet<string>, name: string, where: string): MemberId {
  if (known.has(name)) return memberId(name);
  const near = nearest(name, known);
  const all = [...known];
  const right = near === undefined ? `its ${all.length} members are ${tame(all[0] ?? "")} to ${tame(all.at(-1) ?? "")}` : `did you mean ${tame(near)}?`;
  throw new Stop(exits.usage, `--member ${name} is not in ${where}: ${right}`);
}

/** All members that started before the end: those in the last key-frame, and those born after it. */
function everybody(trace: Trace): ReadonlySet<string> {
  const last = trace.readChunk(trace.chunks.length - 1);
  if (!last.ok) return new Set();
  return new Set([...last.chunk.states.map(([who]) => who), ...last.chunk.lines.flatMap((line) => (line.kind === "born" ? [line.who] : []))]);
}
