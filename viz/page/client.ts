/** The page's side of the worker: questions return promises, notices go to a listener. */

import type { AnswerTo, QuestionName, Says, Told } from "../worker/protocol.ts";

export type Notice = Exclude<Told, { tell: "answer" | "failed" }>;

type Waiting = { readonly resolve: (answer: never) => void; readonly reject: (why: Error) => void };

export class Client {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;

  constructor(worker: Worker, hear: (notice: Notice) => void) {
    this.worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) => {
      if (data.tell === "answer") this.take(data.id)?.resolve(data.answer as never);
      else if (data.tell === "failed") this.take(data.id)?.reject(new Error(data.why));
      else hear(data);
    });
  }

  /** Gives the worker the scenarios that others may extend, by their paths. */
  lend(files: Readonly<Record<string, string>>): void {
    this.worker.postMessage({ lend: files });
  }

  ask<Name extends QuestionName>(name: Name, says: Says<Name>): Promise<AnswerTo<Name>> {
    const id = ++this.last;
    return new Promise<AnswerTo<Name>>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, ask: name, says });
    });
  }

  private take(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    return waiting;
  }
}
