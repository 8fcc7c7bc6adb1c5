/** The worker's thread: questions arrive as messages, answers and notices are sent. */

import { answer, clerkOf } from "./clerk.ts";
import { Library } from "./library.ts";
import type { Asked, Told } from "./protocol.ts";

declare const self: DedicatedWorkerGlobalScope;

/** Incoming messages: questions; and once, at the beginning, the scenarios that others may extend. */
type Incoming = Asked | { readonly lend: Readonly<Record<string, string>> };

const tell = (told: Told): void => self.postMessage(told);

/** Pictures are made for a single answer: their columns are transferred, not copied. */
const handedOver: ReadonlySet<Asked["ask"]> = new Set(["group", "matrix", "traffic"]);

function buffersIn(answer: unknown): ArrayBuffer[] {
  if (typeof answer !== "object" || answer === null) return [];
  return [...new Set(Object.values(answer).flatMap((column: unknown) => (ArrayBuffer.isView(column) && column.buffer instanceof ArrayBuffer ? [column.buffer] : [])))];
}

const library = new Library({ tell, pause: () => new Promise((go) => setTimeout(go, 0)), clock: () => performance.now() });
const clerk = clerkOf(library);

self.addEventListener("message", ({ data }: MessageEvent<Incoming>) => {
  if ("lend" in data) return library.lend(data.lend);
  const { id } = data;
  return void answer(clerk, data)
    .then((answer) => self.postMessage({ tell: "answer", id, answer } satisfies Told, handedOver.has(data.ask) ? buffersIn(answer) : []))
    .catch((error: unknown) => tell({ tell: "failed", id, why: error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error) }));
});
