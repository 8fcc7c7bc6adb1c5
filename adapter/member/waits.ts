/** Pending operations of an application: each ends with its result, at its deadline, by the caller's signal, or when the member stops. */

import { after, milliseconds } from "../../engine/index.ts";
import type { Clock } from "../driver/clock.ts";
import { MemberError } from "../error.ts";
import { onAbort } from "./aborts.ts";
import type { Waiting } from "./member.ts";

export type Wait<T> = {
  readonly promise: Promise<T>;
  readonly settle: (value: T) => void;
  readonly fail: (error: MemberError) => void;
  /** Has it been settled? */
  readonly isOver: () => boolean;
};

export class Waits {
  private readonly clock: Clock;
  private readonly running = new Set<(error: MemberError) => void>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Starts a wait named `what`, for `usual` milliseconds unless the caller says otherwise; its arguments must have been checked (`checkWaiting`). At the deadline it fails, or calls `late`. */
  start<T>(what: string, { deadline, signal }: Waiting, usual: number, late?: (wait: Wait<T>) => void): Wait<T> {
    const length = deadline ?? usual;
    if (signal?.aborted === true) throw aborted(what, signal);
    let isOver = false;
    let done = (): void => {};
    let fail = (_error: MemberError): void => {};
    let settle = (_value: T): void => {};
    const promise = new Promise<T>((resolve, reject) => {
      settle = (value) => { done(); resolve(value); };
      fail = (error) => { done(); reject(error); };
    });
    const wait: Wait<T> = { promise, settle, fail, isOver: () => isOver };
    const pass = (): void => (late === undefined ? fail(new MemberError("timed-out", `${what}: timed out after ${length} ms`)) : late(wait));
    const takeBack = length === Infinity ? () => {} : this.clock.alarm(after(this.clock.now(), milliseconds(length)), pass);
    const abort = (): void => fail(aborted(what, signal));
    done = () => {
      isOver = true;
      takeBack();
      listensNoMore();
      this.running.delete(fail);
    };
    this.running.add(fail);
    const listensNoMore = onAbort(signal, abort);
    return wait;
  }

  failAll(error: MemberError): void {
    for (const fail of [...this.running]) fail(error);
  }
}

const aborted = (what: string, signal: AbortSignal | undefined): MemberError => new MemberError("aborted", `${what} was aborted`, signal?.reason);
