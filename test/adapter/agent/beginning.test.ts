/** An agent's first moment: nothing is waited for between its member's life and its own ears. */

import { createServer, type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { runAgent, type AgentHands, type AgentSettings, type AgentSignal } from "../../../adapter/agent/index.ts";
import type { News } from "../../../adapter/agent/news.ts";
import { Outlet } from "../../../adapter/agent/outlet.ts";

const settings: AgentSettings = { member: { name: "a", bind: "127.0.0.1:0" }, show: "json", metrics: { at: "127.0.0.1:0" } };

/** What it does with the world, in order: for what it writes, the events of the lines. */
function handsThat(hear: (signalled: (signal: AgentSignal) => void) => void, deeds: string[]): AgentHands {
  return {
    page: { write: (text) => deeds.push((JSON.parse(text) as { readonly event: string }).event), isColoured: false, size: () => ({ columns: 80, rows: 24 }) },
    signals: (signalled) => {
      deeds.push("signals are heard");
      hear(signalled);
      return () => deeds.push("signals are heard no more");
    },
    outputLost: () => () => {},
    quit: (code) => deeds.push(`quits with ${code}`),
    reread: null,
    writeKeys: () => {},
  };
}

test("a signal at the first moment is heard, and told after the beginning", async () => {
  const deeds: string[] = [];
  expect(await runAgent(settings, handsThat((signalled) => signalled("SIGTERM"), deeds))).toBe(0);
  expect(deeds).toEqual(["signals are heard", "started", "leaving", "signals are heard no more", "left"]);
});

test("twice, it quits, with nothing shown", async () => {
  const deeds: string[] = [];
  await runAgent(settings, handsThat((signalled) => { signalled("SIGTERM"); signalled("SIGINT"); }, deeds));
  expect(deeds.slice(0, 2)).toEqual(["signals are heard", "quits with 130"]);
});

test("ears come before figures: if these can't be served, all of it is taken back", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => { other.listen(0, "127.0.0.1", resolve); });
  const deeds: string[] = [];
  await expect(runAgent({ ...settings, metrics: { at: `127.0.0.1:${(other.address() as AddressInfo).port}` } }, handsThat(() => {}, deeds))).rejects.toMatchObject({ code: "port-in-use" });
  expect(deeds).toEqual(["signals are heard", "signals are heard no more"]);
  other.close();
});

test("what is told before anybody hears waits, behind what is first", () => {
  const note = (text: string): News => ({ kind: "note", what: "drops", text });
  const heard: News[] = [];
  const outlet = new Outlet();
  outlet.tell(note("early"));
  outlet.open(note("first"), (news) => heard.push(news));
  outlet.tell(note("late"));
  expect(heard).toEqual([note("first"), note("early"), note("late")]);
});
