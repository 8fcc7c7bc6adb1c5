/** Writes scenarios/scenario.schema.json and sweeps/sweep.schema.json, with which editors complete, explain and check scenarios and sweeps. */

import { writeFileSync } from "node:fs";
import { sweep } from "../lab/schema.ts";
import { jsonSchemaOf, scenarioJsonSchema } from "../scenario/index.ts";

writeFileSync(new URL("../../scenarios/scenario.schema.json", import.meta.url), `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
writeFileSync(new URL("../../sweeps/sweep.schema.json", import.meta.url), `${JSON.stringify(jsonSchemaOf(sweep, "A swimlab sweep"), null, 2)}\n`);
