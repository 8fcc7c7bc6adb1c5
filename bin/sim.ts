/** `npm run sim`: the simulator, and what was added to it. */

import { asProcess } from "../sim/cli/program/index.ts";
import { simulator } from "./programs.ts";

await asProcess(simulator());
