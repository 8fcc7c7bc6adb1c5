/** `npm run paper`: the command's first and last word. */

import { asProcess } from "../main.ts";
import { runPaper } from "./command.ts";

await asProcess(runPaper);
