/** What is added to the simulator's command that the simulator itself may not know. */

import { importCommand } from "./import.ts";
import { udpWorld } from "./udp/world.ts";
import type { ExtraCommand, OtherWorld } from "../sim/cli/index.ts";

/** Commands that need keys, files of members, or members: one line for each. */
export const commands: readonly ExtraCommand[] = [importCommand];

/** Where else a scenario can be played: `--world NAME`. */
export const worlds: readonly OtherWorld[] = [udpWorld];
