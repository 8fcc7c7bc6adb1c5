/** A process of its own whose member is recorded until it is killed: `pilot.ts FILE`. It says on standard output how many lines are written, again and again. */

import { setTimeout as passing } from "node:timers/promises";
import { flightRecorder } from "../../../adapter/index.ts";
import { quiet } from "../../trace/scenarios.ts";
import { live, lifeOf } from "./life-of.ts";

const [file = "", ending = "never"] = process.argv.slice(2);
const life = lifeOf("m01", quiet(8, 8_000));
const recorder = flightRecorder({ file, maxBytes: 65_536, files: 3, flushEvery: 1 });
recorder.born(life.at, life.who, life.first);
let state = life.first;
let from = 0;
for (; from < life.events.length; from += 20) {
  state = live(life, state, from, 20, recorder);
  if (ending === "throws" && from >= 3_000) throw new Error("an error that nobody catches");
  process.stdout.write(`${recorder.stats().written}\n`);
  await passing(2);
}
// Whoever is to kill it has been slow.
await passing(60_000);
