/** What an agent tells: a sentence for people, an object for programs, a level for logs. */

import { mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type DeathProvenance, MemberError } from "../../../adapter/index.ts";
import { unknownProvenance } from "../../../adapter/member/announcements.ts";
import { remarkOf } from "../../../adapter/agent/board.ts";
import { documentOf, memberDocument } from "../../../adapter/agent/document.ts";
import { openLog } from "../../../adapter/agent/log.ts";
import { tellingOf, type News } from "../../../adapter/agent/news.ts";
import { tableOf } from "../../../adapter/agent/table.ts";
import { aPeer, aRow, plainInk } from "./scene.ts";

const at = 0 as never;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const b = aPeer("b", "alive", { tags: { role: "db" } });

const death = (why: Partial<DeathProvenance>): News => ({ kind: "failed", at, peer: aPeer("b", "failed"), ...unknownProvenance, ...why });

const cases: readonly (readonly [News, sign: string, text: string, document: object])[] = [
  [{ kind: "join", at, peer: b }, "+", "b joined at 10.0.0.1:7946, role=db", { event: "join", member: { name: "b", address: "10.0.0.1:7946", status: "alive", incarnation: 1, tags: { role: "db" } } }],
  [{ kind: "update", at, peer: aPeer("b") }, "~", "b changed: 10.0.0.1:7946", { event: "update" }],
  [{ kind: "suspect", at, peer: aPeer("b", "suspect"), by: "a", via: "probe", relays: ["c", "d"] }, "?", "b is suspected by a: no answer, nor through c and d", { event: "suspect", by: "a", via: "probe", relays: ["c", "d"] }],
  [{ kind: "suspect", at, peer: aPeer("b", "suspect"), by: "c", via: "gossip", relays: [] }, "?", "b is suspected by c, via gossip", { via: "gossip" }],
  [{ kind: "suspect", at, peer: aPeer("b", "suspect"), by: "c", via: "push-pull", relays: [] }, "?", "b is suspected by c, via an exchange of views", { via: "push-pull" }],
  [{ kind: "clear", at, peer: b }, "✓", "b is alive after all", { event: "clear" }],
  [death({ by: "c", via: "gossip" }), "✗", "b failed, according to c, via gossip", { event: "failed", by: "c", via: "gossip", relays: [], confirmedBy: [] }],
  [death({ by: "c", via: "push-pull" }), "✗", "b failed, according to c, via an exchange of views", { via: "push-pull" }],
  [death({ by: "a", via: "probe", relays: ["c", "d"] }), "✗", "b failed: no answer, nor through c and d", { by: "a", via: "probe", relays: ["c", "d"] }],
  [death({ by: "a", via: "suspicion", suspectedBy: "c" }), "✗", "b failed: suspected by c, not refuted in time", { by: "a", via: "suspicion", suspectedBy: "c" }],
  [death({ by: "a", via: "suspicion", suspectedBy: "a", confirmedBy: ["c", "d"] }), "✗", "b failed: suspected by a, confirmed by c and d, not refuted in time", { confirmedBy: ["c", "d"] }],
  [death({}), "✗", "b failed", { event: "failed" }],
  [{ kind: "leave", at, peer: aPeer("b", "left", { meta: bytes("hi") }) }, "○", "b left", { event: "leave", member: { name: "b", address: "10.0.0.1:7946", status: "left", incarnation: 1, tags: {}, meta: "aGk=" } }],
  [{ kind: "forget", at, peer: b }, "·", "b is forgotten", { event: "forget" }],
  [{ kind: "refute", at, by: "" }, "!", "somebody's view of us was wrong, and we refuted it", { event: "refute", by: "" }],
  [{ kind: "refute", at, by: "c" }, "!", "c accused us, and we refuted it", { event: "refute", by: "c" }],
  [{ kind: "conflict", at, peer: b, other: aPeer("b", "alive", { address: "10.9.9.9:1" }) }, "!", "b is at 10.0.0.1:7946, but 10.9.9.9:1 claims the same name", { event: "conflict", other: { address: "10.9.9.9:1" } }],
  [{ kind: "message", at, from: "b", payload: bytes("hi\u001b[2J") }, "»", 'b says "hi"', { event: "message", from: "b", text: "hi\u001b[2J", payload: "aGkbWzJK" }],
  [{ kind: "event", at, name: "deploy", payload: Uint8Array.of(255) }, "»", "event deploy 1 byte", { event: "user-event", name: "deploy", payload: "/w==" }],
  [{ kind: "keys", at, from: "s1" }, "!", "s1 changed our keys (serf keys)", { event: "keys", from: "s1" }],
  [{ kind: "error", at, error: new MemberError("join-failed", "no seed") }, "!", "no seed", { event: "error", code: "join-failed", message: "no seed" }],
  [{ kind: "note", what: "leaving", text: "bye", facts: { signal: "SIGINT" } }, "·", "bye", { event: "leaving", text: "bye", signal: "SIGINT" }],
  [{ kind: "note", what: "started", text: "here", facts: { name: "a", pid: 7 } }, "·", "here", { event: "started", name: "a", pid: 7 }],
];

test.each(cases)("%j", (news, sign, text, document) => {
  expect(tellingOf(news)).toMatchObject({ sign, text });
  const told = documentOf(news, new Date(Date.UTC(2026, 0, 1)));
  expect(told).toMatchObject({ at: "2026-01-01T00:00:00.000Z", ...document });
  expect(JSON.parse(JSON.stringify(told))).toEqual(told);
});

test("a meta that is tags, be it none as a Serf agent says it, is told as tags; any other in base64, even if it begins like tags", () => {
  const told = (...meta: number[]): unknown => memberDocument(aPeer("b", "alive", { meta: new Uint8Array(meta) }));
  const head = { name: "b", address: "10.0.0.1:7946", status: "alive", incarnation: 1, tags: {} };
  expect([told(), told(0xff, 0x80), told(0xff, 0x81), told(0x68)]).toEqual([head, head, { ...head, meta: "/4E=" }, { ...head, meta: "aA==" }]);
  const tagsIn = (...meta: number[]): string => tableOf([aRow("b", "alive", {}, { meta: new Uint8Array(meta) })], { columns: 90, rows: 3, ink: plainInk })[1] ?? "";
  expect([tagsIn(0xff, 0x80), tagsIn(0x68)].map((line) => line.trimEnd().split(/\s+/).at(-1))).toEqual(["1", '"h"']);
});

test("beside a member in trouble stands why, and beside others nothing", () => {
  const remarks = cases.map(([news]) => ("peer" in news ? remarkOf(news.peer, news) : undefined)).filter((remark) => remark !== undefined);
  expect(remarks).toEqual([
    "by a: no answer, nor through c and d", "by c, via gossip", "by c, via an exchange of views",
    "according to c, via gossip", "according to c, via an exchange of views", "no answer, nor through c and d",
    "suspected by c, not refuted in time", "suspected by a, confirmed by c and d, not refuted in time",
  ]);
});

describe("logs", () => {
  const folder = mkdtempSync(join(tmpdir(), "swimlab-log-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const linesOf = (file: string): readonly { readonly level: number; readonly [key: string]: unknown }[] => readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));

  test("comings are information, suspicions warn with whose and through whom, drops are for who looks closer", async () => {
    const file = join(folder, "levels.log");
    const log = await openLog({ level: "debug", file }, "a");
    expect(log.wantsDrops).toBe(true);
    for (const [news] of cases) log.hear(news);
    log.hear({ kind: "note", what: "drops", text: "dropped: 2 label", facts: { drops: { label: 2 } } });
    log.close();
    const lines = linesOf(file);
    // No name stands twice in a line: what would a reader make of that?
    for (const text of readFileSync(file, "utf8").trim().split("\n")) expect(JSON.stringify(JSON.parse(text)).length).toBe(text.length);
    expect(lines[0]).toMatchObject({ agent: "a", pid: process.pid });
    const levelOf = (event: string): unknown => lines.find((line) => line["event"] === event)?.level;
    expect(["join", "leave", "suspect", "failed", "error", "drops", "leaving"].map(levelOf)).toEqual([30, 30, 40, 40, 50, 20, 30]);
    expect(lines[2]).toMatchObject({ member: { name: "b" }, by: "a", via: "probe", relays: ["c", "d"], msg: "b is suspected by a: no answer, nor through c and d" });
  });

  test("no more than was asked for; nothing if nobody asked", async () => {
    const file = join(folder, "warn.log");
    const log = await openLog({ level: "warn", file }, "a");
    for (const [news] of cases) log.hear(news);
    log.close();
    expect(log.wantsDrops).toBe(false);
    expect(linesOf(file).every(({ level }) => level >= 40)).toBe(true);
    (await openLog(undefined, "a")).hear(cases[0]![0]);
  });

  test("a file that was moved away is begun anew", async () => {
    const file = join(folder, "moved.log");
    const log = await openLog({ level: "info", file }, "a");
    log.hear(cases[0]![0]);
    renameSync(file, `${file}.1`);
    log.reopen();
    log.hear(cases[5]![0]);
    log.close();
    expect([linesOf(`${file}.1`), linesOf(file)].map((lines) => lines.map(({ event }) => event))).toEqual([["join"], ["clear"]]);
  });

  test("a file that can't be written is said at once", async () => {
    await expect(openLog({ level: "info", file: join(folder, "nowhere", "x.log") }, "a")).rejects.toThrow(/^the log .* can't be written: ENOENT/);
  });
});
