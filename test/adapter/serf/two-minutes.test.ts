/** Two minutes of real life, three Serf agents and five members of ours: nobody is ever wronged. They began before the first test of all (`begin-two-minutes.ts`). */

import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { isPassedOver } from "./agent.ts";
import type { Lived } from "./two-minutes.ts";
import { until } from "../until.ts";

/** In milliseconds: the life itself, a minute more for an exchange that chance puts off, and as long as a busy machine may take to begin and to end. */
const LONGEST = 300_000;

describe.runIf(!isPassedOver)("three agents and five of ours, for two minutes", () => {
  let lived: Lived;

  beforeAll(async () => {
    const file = inject("twoMinutes");
    await until("their two minutes are over", () => existsSync(file), LONGEST);
    const told = JSON.parse(readFileSync(file, "utf8")) as Lived | { readonly trouble: string };
    if ("trouble" in told) throw new Error(told.trouble);
    lived = told;
    process.stderr.write(`two minutes among Serf agents: ${lived.worked.toFixed(1)} s of the processor for our five; ${lived.exchanges.length} exchanges of views\n`);
  }, LONGEST + 10_000);

  const names = ["o1", "o2", "o3", "o4", "o5", "s1", "s2", "s3"];

  // Node.js's timers may ring a millisecond early.
  test("they lasted as long as that", () => expect(lived.seconds).toBeGreaterThanOrEqual(119.999));

  test("nobody was suspected, failed or left, in the eyes of any", () => {
    for (const [name, heard] of Object.entries(lived.heard)) {
      expect(heard.filter((line) => !line.startsWith("event ")).toSorted(), name).toEqual(names.filter((other) => other !== name).map((other) => `join ${other}`));
    }
    expect(lived.complaints).toEqual({ s1: [], s2: [], s3: [] });
    expect(lived.drops).toEqual([{}, {}, {}, {}, {}]);
  });

  test("all eight agree at the end, as each side shows it", () => {
    const alive = Object.fromEntries(names.map((name) => [name, "alive"]));
    expect(lived.views).toEqual(Object.fromEntries(names.map((name) => [name, alive])));
  });

  test("words still arrive, once each, from either side", () => {
    for (const [name, heard] of Object.entries(lived.heard)) {
      expect(heard.filter((line) => line.startsWith("event ")).toSorted(), name).toEqual(["event from-ours: after all", "event from-serf: after all"]);
    }
  });

  test("views were exchanged, Serf's agents asking ours and ours asking them", () => {
    expect(lived.exchanges.filter((exchange) => /^s\d asked o\d$/.test(exchange))).not.toEqual([]);
    expect(lived.exchanges.filter((exchange) => /^o\d asked s\d$/.test(exchange))).not.toEqual([]);
  });
});
