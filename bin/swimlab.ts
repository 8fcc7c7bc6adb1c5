#!/usr/bin/env node
/** `npx swimlab`: all our programs under one name. */

import { asProcess } from "../sim/cli/program/index.ts";
import { swimlab } from "./choose.ts";

await asProcess(swimlab);
