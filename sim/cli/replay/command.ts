/** `replay`: replays the recordings of real members, checks that the engine does the same, and merges them into one trace. */

import { existsSync } from "node:fs";
import { aheadOfFirst, callersIn, estimates, mergeTraces, openParts, type Recordings } from "../../../trace/index.ts";
import { readBytes } from "../file.ts";
import { OutFile, traceOfRun } from "../out/file.ts";
import { exits, Stop } from "../stop.ts";
import type { NamedTerminal } from "../typed.ts";
import { replayDocument } from "./document.ts";
import { type Findings, nameOf, reportText } from "./report.ts";
import { type Verdict, type Verified, verify } from "./verify.ts";

export type ReplayOptions = { readonly json?: boolean; readonly out?: string; readonly align?: boolean };

/** Returns 0 if every step replays, 1 if one does not, 2 if everything present does but something is missing. Throws a Stop. */
export function replayFiles(files: readonly string[], { json, out, align }: ReplayOptions, terminal: NamedTerminal): number {
  const names = withTheirRings(files);
  const merged = out === undefined ? null : new OutFile(out, traceOfRun, names);
  const opened = openParts(names.map((name) => ({ name, bytes: readBytes(name) })));
  if (opened.recordings.length === 0) throw new Stop(exits.badData, opened.unread.map(({ name, why }) => `${name}: ${why}`).join("\n"));
  const recordings = opened.recordings.map(verify);
  const clocks = estimates(recordings.map(({ postmark }) => postmark));
  const findings: Findings = { recordings, unread: opened.unread, estimates: clocks, verdict: worst(recordings, opened.unread.length > 0) };
  if (merged !== null) writeMerged(merged, opened, findings, align === true, terminal);
  terminal.say(json === true ? `${JSON.stringify(replayDocument(findings), null, 2)}\n` : reportText(findings, terminal.color));
  return { same: 0, different: 1, unknown: 2 }[findings.verdict];
}

function worst(recordings: readonly Verified[], isUnread: boolean): Verdict {
  if (recordings.some(({ verdict }) => verdict === "different")) return "different";
  return isUnread || recordings.some(({ verdict }) => verdict === "unknown") ? "unknown" : "same";
}

/** The most files of a ring: the recorder's own limit. */
const OLDEST = 100;

/** The named files, each preceded by the older ones of its ring: `FILE.1` and so on. */
const withTheirRings = (files: readonly string[]): readonly string[] => [...new Set(files.flatMap((file) => (/\.\d+$/.test(file) ? [file] : ringOf(file))))];

/** One of them may be missing, even the newest: a process may have been killed while it renamed them. */
function ringOf(file: string): readonly string[] {
  const older = Array.from({ length: OLDEST }, (_, place) => `${file}.${OLDEST - place}`).filter((name) => existsSync(name));
  return older.length > 0 && !existsSync(file) ? older : [...older, file];
}

/** Merges by the wall clocks at the members' origins; corrected by the estimates, if `isAligned`. */
function writeMerged(out: OutFile, { recordings }: Recordings, { recordings: verified, estimates }: Findings, isAligned: boolean, terminal: NamedTerminal): void {
  const adrift = verified.filter(({ wallAtOrigin }) => wallAtOrigin === null);
  if (adrift.length > 0 && verified.length > 1) {
    throw new Stop(exits.badData, `${adrift.map(({ names }) => names[0]).join(", ")}: it records no wall clock, so it can't be merged with others`);
  }
  const ahead = aheadOfFirst(verified.length, estimates);
  const callers = callersIn(verified.map(({ postmark }) => postmark), ahead);
  const origins = verified.map(({ wallAtOrigin }, number) => (wallAtOrigin ?? 0) * 1_000 - (isAligned ? (ahead[number] ?? 0) : 0));
  const earliest = Math.min(...origins);
  const shifted = recordings.map(({ trace }, number) => ({ trace, shift: Math.round((origins[number] ?? 0) - earliest), callers: callers[number] }));
  const about = { by: "replay", members: verified.map(nameOf).join(" "), ...(adrift.length > 0 ? {} : { wallAtOrigin: earliest / 1_000 }) };
  const { lines, left } = out.write((write) => mergeTraces(shifted, about, write));
  for (const sentence of left) terminal.remark(`left out of ${out.path}, up to the next key-frame: ${sentence}`);
  if (!isAligned && estimates.some(({ ahead: apart, within }) => Math.abs(apart) > within)) terminal.remark("the members' clocks differ, so some messages arrive before they are sent: --align corrects that");
  terminal.remark(`${out.path}: ${lines.toLocaleString("en-US")} lines; print them with ${terminal.program} trace ${out.path}`);
}
