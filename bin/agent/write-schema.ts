/** Writes docs/agent.schema.json, by which editors complete, explain and check an agent's settings as they are typed. */

import { writeFileSync } from "node:fs";
import { jsonSchemaOf } from "../../sim/scenario/index.ts";
import { agentSchema } from "./schema.ts";

writeFileSync(new URL("../../docs/agent.schema.json", import.meta.url), `${JSON.stringify(jsonSchemaOf(agentSchema, "The settings of a swimlab agent"), null, 2)}\n`);
