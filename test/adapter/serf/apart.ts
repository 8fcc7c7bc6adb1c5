/** A member of ours in a process of its own: `apart.ts NAME SEED FLIGHT PRESET`. It prints its address, then a line of JSON for each event; its standard input ends: it leaves. */

import { createMember, flightRecorder } from "../../../adapter/index.ts";
import type { PresetName } from "../../../engine/index.ts";
import { heardOf, optionsOf, viewOf } from "./ours.ts";

const [name = "", seed = "", flight = "", preset = "serf"] = process.argv.slice(2);
const member = await createMember({ ...optionsOf(name, [seed], preset as PresetName), recorder: flightRecorder({ file: flight, flushEvery: 100 }) });
const print = (heard: string): void => { process.stdout.write(`${JSON.stringify({ heard, view: viewOf(member) })}\n`); };

print(`address ${member.address}`);
process.stdin.resume().once("end", () => void member.leave());
for await (const event of member) print(heardOf(event));
