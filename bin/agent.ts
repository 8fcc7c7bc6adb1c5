/** `npm run agent`: a member in the terminal. */

import { asProcess } from "../sim/cli/program/index.ts";
import { agent } from "./programs.ts";

await asProcess(agent);
