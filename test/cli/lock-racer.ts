/** One of several processes that lock the same folders at the same moments: `lock-racer.ts RACER RACERS FOLDER…`. Says for each folder whether it got it. */

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lock } from "../../sim/cli/out/lock.ts";
import { Stop } from "../../sim/cli/stop.ts";

const [racer = "", racers = "", ...folders] = process.argv.slice(2);

/** Waits until everybody is there. */
function meet(folder: string): void {
  writeFileSync(`${folder}-${racer}`, "");
  for (let other = 0; other < Number(racers); other++) while (!existsSync(`${folder}-${other}`)) continue;
}

for (const folder of folders) {
  meet(folder);
  try {
    lock(folder);
    process.stdout.write("1");
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown;
    process.stdout.write("0");
  }
}
// Who ended would have left its locks to the others.
meet(join(folders[0] ?? "", "..", "end"));
