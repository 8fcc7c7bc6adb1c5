/** The viewer names what befalls machines, and shows members with odd clocks at the run's moments. */

import { expect, test } from "vitest";
import { instant } from "../../engine/index.ts";
import { playing } from "./library.ts";

const text = `
duration: 40s
members: [{ count: 4, name: m }, { name: odd, clock: { rate: 1%, offset: 2h } }, { name: new, present: no }]
timeline:
  - { at: 3s, slow: { members: m2, takes: 20ms }, for: 5s }
  - { at: 4s, clock: { members: m1, step: 7s } }
  - { at: 5s, churn: { members: m3, up: 5s, down: 3s }, for: 12s }
  - { at: 20s, crash: m4 }
  - { at: 21s, replace: { members: m4, by: new } }
`;

test("by kind, in their order", async () => {
  const { facts } = await playing(text);
  expect(facts.disruptions.map(({ action }) => action)).toEqual(["slow", "clock", "churn", "hasten", "crash", "restart", "crash", "replace"]);
  expect(facts.members.map(({ id }) => String(id))).toContain("new");
});

test("deadlines of a member whose clock is hours ahead are those of the run", async () => {
  const { ask, facts } = await playing(text);
  const who = facts.members.findIndex(({ id }) => String(id) === "odd");
  const detail = await ask("member", { run: 1, at: instant(10e6), who, search: "" });
  const held = detail?.held;
  expect(Math.round((held?.clockAhead ?? 0) / 1e5) / 10).toBe(7200.1);
  const next = held?.deadlines[0]?.at ?? Number.NaN;
  expect(next).toBeGreaterThan(9e6);
  expect(next).toBeLessThan(13e6);
});
