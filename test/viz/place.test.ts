/** A place that was looked at before the chronicle had come so far: the truth there is a guess at first, and right in the end. */

import { expect, test } from "vitest";
import { instant } from "../../engine/index.ts";
import { compileScenario } from "../../sim/scenario/index.ts";
import { codeIn, existences } from "../../viz/model/words.ts";
import { Chronicle } from "../../viz/worker/chronicle.ts";
import { Indexer } from "../../viz/worker/indexer.ts";
import { Place } from "../../viz/worker/place.ts";
import { Tape } from "../../viz/worker/tape.ts";
import { recorded } from "../trace/recording.ts";

test("who crashed before the chronicle's end is known to have crashed behind it, once it has come there", () => {
  const compiled = compileScenario("name: ahead\nduration: 60s\nmembers: 30\ntimeline:\n  - { at: 5s, crash: [m07] }\n", { file: "ahead.yaml" });
  if (!compiled.ok) throw new Error("ahead.yaml does not compile");
  const trace = recorded(compiled.scenario);
  const tape = new Tape(trace.length);
  tape.add(trace);
  tape.refresh();
  const place = new Place(tape, new Chronicle());
  const indexer = new Indexer(place);
  while (place.chronicle.until < 6e6) indexer.goOn();
  expect(place.chronicle.until).toBeLessThan(55e6);
  place.go({ at: instant(55e6) });
  while (!indexer.goOn().isDone);
  place.go({ at: instant(55e6) });
  const victim = place.chronicle.roster.ids.findIndex((id) => id === "m07");
  expect(place.truth.of(victim)).toBe(codeIn(existences, "crashed"));
  expect(place.errors.in(place.states[(victim + 1) % 30]!.view, 0)).toBe(0);
});
