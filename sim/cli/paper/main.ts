/** `npm run paper`: the entry point of its process. */

import { asProcess } from "../main.ts";
import { runPaper } from "./command.ts";

await asProcess(runPaper);
