/** Makes the tables of all runs in a separate thread, which shares the memory that holds the lines. */

import { startWorker } from "../orders.ts";
import type { Shared } from "./portion.ts";
import type { Answer, Order, TableMaker, TableTask } from "./table-maker.ts";

/** An error of that thread is thrown by whatever is awaited next. */
export function tablesApart(task: TableTask, memory: readonly Shared[]): TableMaker {
  const worker = startWorker({ kind: "tables", task, memory }, 1);
  const waiting = new Map<number | "closed", { readonly resolve: () => void; readonly reject: (fault: unknown) => void }>();
  let failed: { readonly fault: unknown } | null = null;
  const [busy, tell] = [new Set<number | "closed">(), (order: Order): void => worker.postMessage(order)];
  const over = (what: number | "closed"): void => {
    busy.delete(what);
    waiting.get(what)?.resolve();
    waiting.delete(what);
  };
  const fail = (fault: unknown): void => {
    failed ??= { fault };
    for (const { reject } of waiting.values()) reject(fault);
    waiting.clear();
  };
  worker.on("message", (answer: Answer) => {
    if (answer.kind === "failed") fail(Object.assign(new Error(answer.fault.message), answer.fault));
    else over(answer.kind === "taken" ? answer.nth : "closed");
  });
  worker.on("error", fail);
  const ended = (what: number | "closed"): Promise<void> => new Promise((resolve, reject) => {
    if (failed !== null) reject(failed.fault);
    else if (!busy.has(what)) resolve();
    else waiting.set(what, { resolve, reject });
  });
  return {
    take: (nth, { lines }) => {
      busy.add(nth);
      tell({ kind: "take", nth, lines });
    },
    isFree: ended,
    close: async () => {
      busy.add("closed");
      tell({ kind: "close" });
      await ended("closed").finally(() => worker.terminate());
    },
  };
}
