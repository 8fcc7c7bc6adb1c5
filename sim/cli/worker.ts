/** A worker thread: plays runs of an experiment, of a paper's or of the laboratory's, worlds of the swarm, or one side of a check, and sends back the results. */

import { parentPort, workerData } from "node:worker_threads";
import { assert, impossible } from "../../engine/index.ts";
import { checkOnDemand } from "./check/side.ts";
import { playOnDemand } from "./lab/crew.ts";
import { makeTables } from "./lab/table-maker.ts";
import { playerOf } from "./paper/play/player.ts";
import { playOne } from "./play/one-run.ts";
import { playInThread } from "./play/thread.ts";
import { showWorld } from "./swarm/world.ts";
import type { Orders } from "./orders.ts";

assert(parentPort !== null, "a thread with somebody who started it");
const orders = workerData as Orders; // A thread's workerData is untyped.
switch (orders.kind) {
  case "play":   playInThread((run, reach) => playOne(orders.task, run, reach), orders.seat, parentPort); break;
  case "paper":  playInThread(playerOf(orders.task), orders.seat, parentPort); break;
  case "swarm":  playInThread((nth) => showWorld(orders.task, nth), orders.seat, parentPort); break;
  case "check":  checkOnDemand(orders, parentPort); break;
  case "lab":    playOnDemand(orders.source, parentPort); break;
  case "tables": makeTables(orders.task, orders.memory, parentPort); break;
  default:       impossible(orders);
}
