/** Writes scenarios/scenario.schema.json, by which editors complete, explain and check scenarios as they are typed. */

import { writeFileSync } from "node:fs";
import { scenarioJsonSchema } from "../scenario/index.ts";

writeFileSync(new URL("../../scenarios/scenario.schema.json", import.meta.url), `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
