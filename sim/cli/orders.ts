/** Starts workers, with the data that each of them needs. */

import { availableParallelism } from "node:os";
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import type { Scenario } from "../index.ts";
import type { Shared } from "./lab/portion.ts";
import type { TableTask } from "./lab/table-maker.ts";
import { BEGINNING, limitsFor } from "./memory.ts";
import type { PaperTask } from "./paper/play/task.ts";
import type { Task } from "./play/one-run.ts";
import type { Seat } from "./play/thread.ts";
import type { SwarmTask } from "./swarm/world.ts";

export type PlayOrders = { readonly kind: "play"; readonly task: Task; readonly seat: Seat };
export type PaperOrders = { readonly kind: "paper"; readonly task: PaperTask; readonly seat: Seat };
export type SwarmOrders = { readonly kind: "swarm"; readonly task: SwarmTask; readonly seat: Seat };
export type CheckOrders = { readonly kind: "check"; readonly scenario: Scenario };
/** The base scenario of the jobs that are sent later. */
export type LabOrders = { readonly kind: "lab"; readonly source: string };
/** Which tables to make from lines that are put into this memory. */
export type TableOrders = { readonly kind: "tables"; readonly task: TableTask; readonly memory: readonly Shared[] };
export type Orders = PlayOrders | PaperOrders | SwarmOrders | CheckOrders | LabOrders | TableOrders;

/** When we run from source, a thread must first be enabled to load TypeScript; built code it loads directly. */
const beginning = import.meta.url.endsWith(".ts") ? "./worker.mjs" : "./worker.js";

/** Starts a worker, one of this many. */
export function startWorker(orders: Orders, among: number): Worker {
  setFlagsFromString(BEGINNING);
  return new Worker(new URL(beginning, import.meta.url), { workerData: orders, execArgv: [], resourceLimits: limitsFor(among, membersIn(orders)) });
}

/** The size of most groups in the published evaluations. */
const PAPERS = 128;

/** How many members are played at a time, if known. */
function membersIn(orders: Orders): number {
  switch (orders.kind) {
    case "play":  return orders.task.scenario.members.length;
    case "check": return orders.scenario.members.length;
    case "paper": return PAPERS;
    default:      return 0;
  }
}

/** One worker for each processor, but never more than there are runs. */
export const usualJobs = (runs: number): number => Math.min(availableParallelism(), runs);
