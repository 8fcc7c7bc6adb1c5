/** A process of its own that turns to a new file for each word that it writes, for ever: `turner.ts FILE`. It says how many words it wrote, and how many were lost. */

import { setImmediate as passing } from "node:timers/promises";
import { Ring } from "../../../adapter/recorder/ring.ts";

const [file = ""] = process.argv.slice(2);
let [written, lost] = [0, 0];
const ring = new Ring(file, 4, { written: () => { written++; }, lost: (portions) => { lost += portions.length; } });
for (;;) {
  ring.add(Buffer.from(`${written + lost}\n`), 1);
  ring.turn();
  await ring.settled();
  process.stdout.write(`${JSON.stringify({ written, lost })}\n`);
  await passing();
}
