/** What a worker is started with, and how it is started. */

import { availableParallelism, totalmem } from "node:os";
import { Worker } from "node:worker_threads";
import type { Scenario } from "../index.ts";
import type { Shared } from "./lab/portion.ts";
import type { TableTask } from "./lab/table-maker.ts";
import type { PaperTask } from "./paper/play/task.ts";
import type { Task } from "./play/one-run.ts";
import type { Seat } from "./play/thread.ts";
import type { SwarmTask } from "./swarm/world.ts";

export type PlayOrders = { readonly kind: "play"; readonly task: Task; readonly seat: Seat };
export type PaperOrders = { readonly kind: "paper"; readonly task: PaperTask; readonly seat: Seat };
export type SwarmOrders = { readonly kind: "swarm"; readonly task: SwarmTask; readonly seat: Seat };
export type CheckOrders = { readonly kind: "check"; readonly scenario: Scenario };
/** The base scenario of what is handed out later. */
export type LabOrders = { readonly kind: "lab"; readonly source: string };
/** Which tables are to be made of lines that are laid into this memory. */
export type TableOrders = { readonly kind: "tables"; readonly task: TableTask; readonly memory: readonly Shared[] };
export type Orders = PlayOrders | PaperOrders | SwarmOrders | CheckOrders | LabOrders | TableOrders;

/** As it is written, a thread has to be taught to read it first; as it was built, it reads it as it is. */
const beginning = import.meta.url.endsWith(".ts") ? "./worker.mjs" : "./worker.js";

/** Starts a worker, one of so many. */
export function startWorker(orders: Orders, among: number): Worker {
  return new Worker(new URL(beginning, import.meta.url), { workerData: orders, execArgv: [], resourceLimits: limitsFor(among, membersIn(orders), totalmem() / MEBIBYTE) });
}

const MEBIBYTE = 1_048_576;
/** Of the machine's memory, the share that all workers together may fill. */
const OURS = 0.8;
/**
 * Megabytes for what is young. Nearly all that a step makes is forgotten after the next: with more room, less of it is copied before.
 * Two halves, of 128 members each, that lose each other took a third less processor time than with Node.js's own 48, and 256 did no better.
 */
const YOUNG = 128;
/**
 * In a large group the last state of each member is young, too, and is copied in vain if it is no longer the last soon after: there is room for several states of each.
 * Never more than so much, and an eighth of what the thread may use.
 */
const MEMBERS_TO_A_MEBIBYTE = 64;
const MOST_YOUNG = 1_536;
const YOUNG_SHARE = 1 / 8;

/** How many members are played at a time, where that is known. */
function membersIn(orders: Orders): number {
  switch (orders.kind) {
    case "play":  return orders.task.scenario.members.length;
    case "check": return orders.scenario.members.length;
    default:      return 0;
  }
}

/** What one of so many threads may use, on a machine with so much memory. Beyond it the thread ends, and can be told from a mistake of ours; without it, the process would. */
export function limitsFor(among: number, members: number, mebibytes: number): { readonly maxYoungGenerationSizeMb: number; readonly maxOldGenerationSizeMb: number } {
  const share = mebibytes * (OURS / Math.max(1, among));
  const young = Math.min(MOST_YOUNG, share * YOUNG_SHARE, Math.max(YOUNG, members / MEMBERS_TO_A_MEBIBYTE));
  return { maxYoungGenerationSizeMb: Math.max(YOUNG, Math.floor(young)), maxOldGenerationSizeMb: Math.max(512, Math.floor(share)) };
}

/** One worker for each processor, but never more than there are runs. */
export const usualJobs = (runs: number): number => Math.min(availableParallelism(), runs);
