/** What a capture tells, for people. */

import type { Capture } from "../adapter/capture/index.ts";
import { clip, count, figure, table, tame } from "../sim/cli/index.ts";
import { captureDocument, type CaptureDocument, type MemberDocument } from "./capture-document.ts";

/** The most lines of a section: whoever wants all of them asks for `--json`. */
const MOST_LINES = 60;

export function captureReport(capture: Capture, name: string, width: number): string {
  const document = captureDocument(capture);
  const { seconds, packets, began, members } = document;
  const sections = [
    [name, `${count(packets)} packets in ${figure(seconds)} s from ${began}, ${count(members.length)} members`, "Reconstructed: what members were told and said, not what they held."],
    membersSection(members),
    messagesSection(document),
    claimsSection(document),
    pingsSection(document),
    unreadSection(document),
  ];
  return sections.filter((lines) => lines.length > 0).map((lines) => lines.map((line) => `${clip(line, Math.max(width, 60))}\n`).join("")).join("\n");
}

const named = (text: string): string => clip(tame(text), 40);

function shortened(lines: readonly string[]): readonly string[] {
  return lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES), `  … and ${count(lines.length - MOST_LINES)} more: --json has them all`];
}

function membersSection(members: readonly MemberDocument[]): readonly string[] {
  if (members.length === 0) return [];
  const rows = members.map(({ name, address, said, heard, status, incarnation, tags, metaBytes, versions }) => [
    named(name), address, status === null ? "–" : `${status}@${incarnation}`, count(said), heardText(heard), versionsText(versions), Object.entries(tags).map(([key, value]) => `${named(key)}=${named(value)}`).join(" ") || (metaBytes === 0 ? "" : `${metaBytes} bytes`),
  ]);
  return ["MEMBERS  the last word about each, and what it said itself", ...shortened(table([["", "address", "status", "said", "heard", "speaks", "tags"], ...rows], "lllrlll"))];
}

/** From its first word to its last, and in how many lives if there are several. */
function heardText(heard: MemberDocument["heard"]): string {
  const [first, last] = [heard[0], heard.at(-1)];
  if (first === undefined || last === undefined) return "only spoken of";
  return `${figure(first.from)}–${figure(last.to)} s${heard.length === 1 ? "" : `, ${count(heard.length)} lives`}`;
}

/** `2 (1–5)`: the protocol that it speaks, and those that it understands. */
const versionsText = (versions: MemberDocument["versions"]): string => (versions === null ? "–" : `${versions[2]} (${versions[0]}–${versions[1]})`);

function messagesSection({ messages, anonymousStreams }: CaptureDocument): readonly string[] {
  if (messages.length === 0) return [];
  const rows = messages.map((row) => [row.over === "stream" ? `stream ${row.kind}` : row.kind, count(row.count), count(row.bytes)]);
  const anonymous = anonymousStreams === 0 ? [] : [`  of ${count(anonymousStreams)} messages on streams, nobody knows who sent them`];
  return ["MESSAGES", ...table([["", "count", "bytes"], ...rows], "lrr"), ...anonymous];
}

function claimsSection({ claims, moreClaims, began }: CaptureDocument): readonly string[] {
  if (claims.length === 0) return [];
  const rows = claims.map(({ kind, about, by, incarnation, at, told }) => [`${moment(at)} s`, timeOfDay(Date.parse(began) + 1_000 * at), kind, count(told), `${named(about)}@${incarnation}`, named(by)]);
  const more = moreClaims === 0 ? [] : [`  and ${count(moreClaims)} times something that was too much to keep`];
  return ["CLAIMS  when first told, and how often in all", ...shortened(table([["at", "UTC", "", "told", "about", "by"], ...rows], "rllrll")), ...more];
}

function pingsSection({ pings, lossPerPing, lossPerDatagram, roundTrip }: CaptureDocument): readonly string[] {
  const { asked, answered, lost, silent, open } = pings;
  if (asked === 0) return [];
  const lines: (readonly string[])[] = [
    [count(asked), "asked"],
    [count(answered), "answered"],
    [count(lost), "not answered by members that spoke meanwhile: lost, or not captured"],
    [count(silent), "not answered by members that said nothing else either"],
    ...(open === 0 ? [] : [[count(open), "asked too shortly before the end to tell"]]),
  ];
  const loss = lossPerPing === null ? [] : [`  loss        ${percent(lossPerPing)} of pings; ${percent(lossPerDatagram ?? 0)} of datagrams, if both ways lose alike`];
  const times = roundTrip === null ? [] : [`  round trip  p50 ${ms(roundTrip.p50)}  p90 ${ms(roundTrip.p90)}  p99 ${ms(roundTrip.p99)}  max ${ms(roundTrip.max)}, seen from where it was captured`];
  return ["PINGS", ...table(lines, "rl"), ...loss, ...times];
}

/** `12:43:09.307`, as logs have it. */
const timeOfDay = (at: number): string => new Date(at).toISOString().slice(11, 23);
/** `1,234.567`. */
const moment = (at: number): string => at.toLocaleString("en-US", { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const ms = (length: number): string => `${figure(length)} ms`;

function unreadSection({ unread }: CaptureDocument): readonly string[] {
  if (unread.length === 0) return [];
  return ["NOT READ  and the first reasons", ...table(unread.flatMap(({ reason, count: times, why }) => why.map((sentence, n) => (n === 0 ? [count(times), reason, tame(sentence)] : ["", "", tame(sentence)]))), "rll")];
}
