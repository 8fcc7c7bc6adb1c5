/** Oracles on the time line: where a run breaks one, there is a mark with its sentence, and steps go to it. */

import { expect, test } from "vitest";
import { instant } from "../../engine/index.ts";
import { type Oracle, oracles } from "../../sim/oracle/index.ts";
import { compileScenario } from "../../sim/scenario/index.ts";
import { Chronicle } from "../../viz/worker/chronicle.ts";
import { factsOf } from "../../viz/worker/facts.ts";
import { Retrial } from "../../viz/worker/judge.ts";
import { strideFrom } from "../../viz/worker/log.ts";
import { Place } from "../../viz/worker/place.ts";
import { Player } from "../../viz/worker/player.ts";
import { Tape } from "../../viz/worker/tape.ts";
import { timelineScene } from "../../viz/scene/timeline.ts";
import { drawn, uiAt } from "./drawing.ts";
import { playing } from "./library.ts";

const text = "name: judged\nduration: 20s\nmembers: 6\ntimeline:\n  - { at: 5s, crash: [m3] }\n";

/** Breaks as soon as anybody suspects anybody: no promise of ours. */
const nobodyDoubts: Oracle = {
  name: "nobody-doubts", kind: "always", says: "nobody is ever suspected",
  watch: ({ broken }) => ({ stepped: ({ at, who, after }) => { if (after.suspicions !== null) broken(at, who, "somebody was suspected"); } }),
};

function played(watching?: readonly Oracle[]): { readonly place: Place; readonly facts: ReturnType<typeof factsOf> } {
  const compiled = compileScenario(text, { file: "judged.yaml" });
  if (!compiled.ok) throw new Error("judged.yaml does not compile");
  const [tape, chronicle] = [new Tape(1 << 20), new Chronicle()];
  const player = new Player(compiled.scenario, compiled.source, 0, tape, chronicle, watching);
  while (player.goOn(500) === null);
  tape.refresh();
  const place = new Place(tape, chronicle);
  const experiment = { file: "judged.yaml", text, seed: null, run: 0, edits: [] };
  return { place, facts: factsOf({ id: 1, name: "judged", origin: { kind: "played", experiment, parent: null, forkedAt: null }, place, zones: new Map(), missing: null, isComplete: true, figures: [], traceHash: null, planned: instant(20e6) }) };
}

test("a breach is marked where it happened, with its sentence, and steps go to it and back", async () => {
  const { place, facts } = played([nobodyDoubts]);
  const [broken, ...others] = facts.broken;
  if (broken === undefined) throw new Error("nothing was broken");
  expect(others).toEqual([]);
  expect(broken).toMatchObject({ name: "nobody-doubts", sentence: "somebody was suspected (nobody-doubts: nobody is ever suspected)" });
  const { announcements: { at, kind } } = facts;
  expect(broken.at).toBe(at[kind.indexOf(2)]);
  const step = (from: number, direction: 1 | -1): unknown => strideFrom(place, { at: instant(from), line: null, direction, stride: { by: "broken" } });
  expect([step(0, 1), step(19e6, -1)]).toEqual([{ at: broken.at, line: broken.line }, { at: broken.at, line: broken.line }]);
  const size = { width: 720, height: 150 };
  const scene = timelineScene(facts, size, uiAt(facts, 0));
  expect(scene.find(({ look, title }) => look === "broken" && title === broken.sentence)).toBeDefined();
  await expect(drawn(scene, size)).toMatchFileSnapshot("../golden/scenes/timeline-broken.svg");
});

test("the oracles break nothing in a run of ours, and watching changes nothing", async () => {
  const { facts } = await playing(text);
  expect(facts.broken).toEqual([]);
  expect(oracles.length).toBeGreaterThan(5);
});

test("a recording of a whole run is played once more before the oracles: the same run, line by line", () => {
  const { place } = played([]);
  const compiled = compileScenario(text, { file: "judged.yaml" });
  if (!compiled.ok) throw new Error("judged.yaml does not compile");
  const retrial = new Retrial(compiled.scenario, 0, place.chronicle, [nobodyDoubts]);
  while (!retrial.goOn(500));
  expect(place.chronicle.broken.map(({ name }) => name)).toEqual(["nobody-doubts"]);
  const other = new Retrial(compiled.scenario, 1, place.chronicle, [nobodyDoubts]);
  while (!other.goOn(500));
  expect(place.chronicle.broken.length).toBe(1);
});
