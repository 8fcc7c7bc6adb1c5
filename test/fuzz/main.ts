/** `npm run fuzz`, as a process. */

import { asProcess } from "../../sim/cli/program/index.ts";
import { fuzzCommand } from "./command.ts";

await asProcess(fuzzCommand);
