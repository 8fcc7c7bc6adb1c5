/** "Why?" walks from an announcement back to what was lost; what a message caused is found, and what caused it. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { instant } from "../../engine/index.ts";
import type { Reason } from "../../viz/model/detail.ts";
import { announcementKinds, codeIn, verdicts } from "../../viz/model/words.ts";
import { type Opened, playing } from "./library.ts";

const nth = ({ facts: { announcements } }: Opened, kind: "failed" | "suspected", verdict: "none" | "right" | "false" | "parted", n: number): { readonly line: number; readonly about: number } => {
  const places = [...announcements.kind.keys()].filter((at) =>
    announcements.kind[at] === codeIn(announcementKinds, kind) && announcements.verdict[at] === codeIn(verdicts, verdict));
  const at = places[n];
  if (at === undefined) throw new Error(`only ${places.length} of these`);
  return { line: announcements.line[at]!, about: announcements.about[at]! };
};

const told = (reasons: readonly Reason[]): string => reasons.map(({ at, kind, sentence }) => `${(at / 1e6).toFixed(3)}  ${kind.padEnd(10)}  ${sentence}\n`).join("");

describe("why a member was declared dead", () => {
  test.for([["crash", "right"], ["partition", "parted"], ["flapping", "false"]] as const)("in %s: the chain ends at what was lost and at what the world had done", async ([name, verdict]) => {
    const run = await playing(readFileSync(`scenarios/${name}.yaml`, "utf8"));
    const reasons = await run.ask("why", { run: 1, ...nth(run, "failed", verdict, 3) });
    await expect(told(reasons)).toMatchFileSnapshot(`../golden/why-${name}.txt`);
  });
});

test("why a member was declared dead where nobody suspects: by the probe that failed, and what was lost of it", async () => {
  const run = await playing(`${readFileSync("scenarios/crash.yaml", "utf8").replace(/^preset:.*\n/m, "")}\npreset: swim-inf\n`);
  const reasons = await run.ask("why", { run: 1, ...nth(run, "failed", "right", 0) });
  expect(reasons.slice(0, 3).map(({ kind }) => kind)).toEqual(["announced", "began", "lost"]);
  expect(reasons[1]?.sentence).toMatch(/^m\d+'s own probe failed: ping \d+, sent at [\d.]+ s, had no answer by [\d.]+ s; relays asked: m\d+$/);
  expect(reasons.at(-1)?.sentence).toMatch(/^m\d+ had been crashed since 30\.000 s$/);
});

test("each message on the way is there, was sent by the line that the chain names, and arrived where it says", async () => {
  const run = await playing(readFileSync("scenarios/crash.yaml", "utf8"));
  const reasons = await run.ask("why", { run: 1, ...nth(run, "failed", "right", 3) });
  for (const { kind, message, line } of reasons) {
    if (message === null) continue;
    const detail = await run.ask("message", { run: 1, message });
    if (kind === "told" || kind === "lost") expect(detail?.cause?.line).toBe(line);
    if (kind === "heard") expect(detail?.arrivals.map(({ line }) => line)).toContain(line);
    if (kind === "lost") expect(detail?.arrivals).toEqual([]);
    expect(detail?.bytes?.length).toBe(detail?.size);
  }
});

test("a member at an instant: it holds the suspicion that its chain begins with", async () => {
  const run = await playing(readFileSync("scenarios/crash.yaml", "utf8"));
  const { line, about } = nth(run, "suspected", "none", 0);
  const [row] = await run.ask("rows", { run: 1, lines: [line] });
  if (row === undefined) throw new Error("no such line");
  const detail = await run.ask("member", { run: 1, at: row.at, who: row.who, search: "" });
  expect(detail?.held?.suspicions.map((suspicion) => [suspicion.about, suspicion.line])).toEqual([[about, line]]);
  expect(detail?.held?.counts).toEqual({ unknown: 0, alive: 63, suspect: 1, dead: 0, left: 0 });
  expect(detail?.last.at(-1)?.line).toBe(line);
  // What is counted is what can be found; its view can be searched; and the group as a whole holds the same suspicion.
  const name = run.facts.members[row.who]?.id ?? "";
  const sent = await run.ask("search", { run: 1, from: line, direction: -1, most: 1_000, filter: `at:${name} kind:ping from:${name}` });
  const rows = await run.ask("rows", { run: 1, lines: [...sent.lines] });
  expect(detail?.counters.sent["ping"]).toBe(rows.flatMap((one) => one.sent).filter(({ kind }) => kind === "ping").length);
  const searched = await run.ask("member", { run: 1, at: row.at, who: row.who, search: "suspect" });
  expect(searched?.held?.view.map((one) => [one.about, one.status, one.isWrong])).toEqual([[about, "suspect", true]]);
  expect(searched?.held?.viewFound).toBe(1);
  expect((await run.ask("suspicions", { run: 1, at: row.at })).first.map((one) => [one.who, one.about])).toEqual([[row.who, about]]);
});

test("the log can be read either way, and filtered by words and by members", async () => {
  const { ask, facts } = await playing(readFileSync("scenarios/crash.yaml", "utf8"));
  const { line, about } = nth({ ask, facts, told: [] }, "failed", "right", 0);
  const forwards = await ask("search", { run: 1, from: 0, direction: 1, most: 5, filter: "is:failed" });
  const backwards = await ask("search", { run: 1, from: facts.lines - 1, direction: -1, most: 1000, filter: "is:failed" });
  expect(forwards.lines[0]).toBe(line);
  expect([...backwards.lines].toReversed().slice(0, 5)).toEqual([...forwards.lines]);
  const name = facts.members[about]?.id ?? "";
  const spoken = await ask("search", { run: 1, from: line - 500, direction: 1, most: 3, filter: `"${name} failed" about:${name}` });
  const rows = await ask("rows", { run: 1, lines: [...spoken.lines] });
  expect(rows.map(({ asks }) => asks.includes(`${name} failed`))).toEqual([true, true, true]);
});

test("steps go to the next line of a kind, and back again", async () => {
  const { ask, facts } = await playing(readFileSync("scenarios/crash.yaml", "utf8"));
  const [first, second] = facts.disruptions;
  const on = await ask("step", { run: 1, at: facts.begins, line: null, direction: 1, stride: { by: "disruption" } });
  const further = await ask("step", { run: 1, at: on!.at, line: on!.line, direction: 1, stride: { by: "disruption" } });
  const back = await ask("step", { run: 1, at: further!.at, line: further!.line, direction: -1, stride: { by: "disruption" } });
  expect([on?.line, further?.line, back?.line]).toEqual([first?.line, second?.line, first?.line]);
  const suspected = await ask("step", { run: 1, at: on!.at, line: on!.line, direction: 1, stride: { by: "status", members: null } });
  expect(suspected?.line).toBe(nth({ ask, facts, told: [] }, "suspected", "none", 0).line);
});

test("who holds a member suspect or dead: how many, since when, and at which line the first of them said so", async () => {
  const { ask, facts } = await playing("name: one of eight\nduration: 40s\nmembers: 8\ntimeline:\n  - { at: 2s, crash: m2 }\n");
  const about = facts.members.findIndex(({ id }) => id === "m2");
  const accusersAt = async (seconds: number) => (await ask("member", { run: 1, at: instant(seconds * 1e6), who: about, search: "" }))?.accusers;
  expect(await accusersAt(1)).toEqual({ suspect: 0, dead: 0, first: [] });
  const { at, kind, about: of, line, count } = facts.announcements;
  const said = (word: (typeof announcementKinds)[number]): readonly number[] => Array.from({ length: count }, (_, n) => n).filter((n) => kind[n] === codeIn(announcementKinds, word) && of[n] === about);
  const [first] = said("suspected");
  const suspected = await accusersAt((at[first!]! + 1) / 1e6);
  expect(suspected).toMatchObject({ suspect: 1, dead: 0, first: [{ status: "suspect", since: at[first!], line: line[first!] }] });
  expect(await ask("why", { run: 1, line: line[first!]!, about })).not.toEqual([]);
  const gone = await accusersAt(39);
  expect(gone).toMatchObject({ suspect: 0, dead: 7 });
  expect(gone?.first.map((one) => one.line)).toEqual(said("failed").map((n) => line[n]));
});
