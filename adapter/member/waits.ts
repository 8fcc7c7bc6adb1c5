/** What an application waits for: until it comes, a deadline passes, the caller's signal aborts, or the member stops. */

import { after, milliseconds } from "../../engine/index.ts";
import type { Clock } from "../driver/clock.ts";
import { MemberError } from "../error.ts";
import { onAbort } from "./aborts.ts";
import type { Waiting } from "./member.ts";

export type Wait<T> = {
  readonly promise: Promise<T>;
  readonly settle: (value: T) => void;
  readonly fail: (error: MemberError) => void;
  /** It came, or will not come. */
  readonly isOver: () => boolean;
};

export class Waits {
  private readonly clock: Clock;
  private readonly running = new Set<(error: MemberError) => void>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Waits for what is called `what`, and was looked at (`checkWaiting`), for `usual` milliseconds if the caller says nothing else. At the deadline it fails, or does what `late` says. */
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
