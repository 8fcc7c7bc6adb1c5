/** Writes the sample of this version of the format, once: eight members for half a minute, in chunks of 400 lines. `node --import tsx test/trace/write-sample.ts` */

import { writeFileSync } from "node:fs";
import { VERSION } from "../../trace/index.ts";
import { recorded } from "./recording.ts";
import { eventful } from "./scenarios.ts";

writeFileSync(new URL(`../golden/sample-v${VERSION}.trace`, import.meta.url), recorded(eventful(8, 30), { lines: 400, linesPerMember: 0 }), { flag: "wx" });
