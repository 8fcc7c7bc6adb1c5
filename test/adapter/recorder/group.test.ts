/** Real members in one network, each with a flight recorder: all that they did replays, and is one trace. */

import { join } from "node:path";
import { expect, test } from "vitest";
import type { Address } from "../../../engine/index.ts";
import { createMember, flightRecorder } from "../../../adapter/index.ts";
import { callersIn, mergeTraces, openTrace, postmarkOf, retell, type Trace } from "../../../trace/index.ts";
import { joined } from "../../trace/recording.ts";
import { aMemberIn, aWorld, listen, stopAll } from "../member/group.ts";
import { until } from "../until.ts";
import { passingFolder, traceIn } from "./files.ts";
import { keeping, redone } from "./keeping.ts";

const folder = passingFolder();

/** Where the streams came from that were opened to its member. */
function callsTo(trace: Trace): readonly Address[] {
  const from: Address[] = [];
  retell(trace, { stepped: (_, __, event) => { if (event.kind === "exchange-opened") from.push(event.from); } });
  return from;
}

test("members that join, lose one, speak and leave replay without a difference, alone and merged", async () => {
  const world = aWorld({ latency: [1, 30], loss: 0.1 });
  const file = (name: string): string => join(folder, `${name}.flight`);
  const a = await aMemberIn(world, "a", { recorder: flightRecorder({ file: file("a") }) });
  const b = await aMemberIn(world, "b", { seeds: [a.address], recorder: flightRecorder({ file: file("b") }) });
  const c = await aMemberIn(world, "c", { seeds: [a.address], recorder: flightRecorder({ file: file("c") }) });
  await world.pass(10);
  a.broadcast("x");
  a.updateTags({ k: "v" });
  await world.pass(5);
  await c.stop();
  await world.pass(40);
  await world.until(b.leave());
  await stopAll([a]);
  const traces = ["a", "b", "c"].map((name) => traceIn(file(name)));
  for (const trace of traces) {
    expect([trace.missing, retell(trace, {})]).toEqual([null, { ok: true }]);
    expect(trace.lines).toBeGreaterThan(60);
  }
  const pieces: Uint8Array[] = [];
  const merged = mergeTraces(traces.map((trace) => ({ trace, shift: 0 })), {}, (bytes) => pieces.push(bytes));
  expect(merged).toEqual({ lines: traces.reduce((sum, { lines }) => sum + (lines ?? 0), 0), left: [] });
  const opened = openTrace(joined(pieces));
  expect(opened.ok && retell(opened.trace, {})).toEqual({ ok: true });
}, 30_000);

test("what members did over real sockets is what their recordings are replayed to: every effect, every state", async () => {
  const [a, b] = [keeping({ file: join(folder, "socket-a.flight") }), keeping({ file: join(folder, "socket-b.flight") })];
  const first = await createMember({ name: "a", bind: "127.0.0.1:0", recorder: a.recorder });
  const second = await createMember({ name: "b", bind: "127.0.0.1:0", seeds: [first.address], recorder: b.recorder });
  const heard = listen(first);
  await until("they know each other", () => second.find("a") !== undefined && first.find("b") !== undefined);
  second.broadcast("hello");
  second.updateTags({ role: "web" });
  await until("the first heard both", () => heard.some((line) => line.startsWith("message")) && heard.includes("update b"));
  await until("both did much", () => Math.min(a.deeds.length, b.deeds.length) > 40);
  await second.leave();
  await until("the first heard the goodbye", () => heard.includes("leave b"));
  await stopAll([first, second]);
  for (const [name, { deeds }] of [["socket-a", a], ["socket-b", b]] as const) {
    expect(redone(traceIn(join(folder, `${name}.flight`)))).toEqual(deeds);
  }
  // The second called the first, from a port at which nobody listens.
  const traces = ["socket-a", "socket-b"].map((name) => traceIn(join(folder, `${name}.flight`)));
  const [callers, none] = callersIn(traces.map(postmarkOf), [0, 0]);
  const [opened = [], others] = traces.map(callsTo);
  expect([opened.length > 0, opened.some((from) => from === second.address), others, none?.size]).toEqual([true, false, [], 0]);
  expect([...(callers ?? new Map()).values()]).toEqual(opened.map(() => second.address));
}, 30_000);
