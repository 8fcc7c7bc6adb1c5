/** The receivers of a member's events: listeners, promises, and loops. */

import { MemberError } from "../error.ts";
import { onAbort } from "./aborts.ts";
import { checkKind, checkListener, checkSignal } from "./arguments.ts";
import { EventQueue } from "./event-queue.ts";
import type { MemberEvent, MemberEvents } from "./member.ts";

type Kind = keyof MemberEvents;
/** May return a promise, which is not awaited; only its rejection is noted. */
type Hear = (event: MemberEvent) => unknown;

export class Listeners {
  private readonly byKind = new Map<Kind, Set<Hear>>();
  private readonly queues = new Set<EventQueue>();
  private readonly whenOver = new Set<(error: MemberError) => void>();
  private readonly survive: (work: () => unknown) => unknown;
  private isOver = false;

  /** `survive` calls a listener that may throw. */
  constructor(survive: (work: () => unknown) => unknown) {
    this.survive = survive;
  }

  /** Throws `bad-option` for an unknown kind, and if `hear` is not a function. */
  on<K extends Kind>(kind: K, hear: (event: MemberEvents[K]) => void): () => void {
    checkKind(kind);
    checkListener(hear);
    // A separate wrapper for each call, so that a function that is added twice is called twice. It passes only events of this kind.
    const heard: Hear = (event) => (event.kind === kind ? hear(event as MemberEvents[K]) : undefined);
    const listeners = this.byKind.get(kind) ?? new Set();
    listeners.add(heard);
    this.byKind.set(kind, listeners);
    return () => { listeners.delete(heard); };
  }

  once<K extends Kind>(kind: K, signal?: AbortSignal): Promise<MemberEvents[K]> {
    const next = new Promise<MemberEvents[K]>((resolve, reject) => {
      checkKind(kind);
      checkSignal(signal);
      const abort = (): void => fail(new MemberError("aborted", `waiting for ${kind} was aborted`, signal?.reason));
      let listensNoMore = (): void => {};
      const takeBack = this.on(kind, (event) => { done(); resolve(event); });
      const done = (): void => {
        takeBack();
        listensNoMore();
        this.whenOver.delete(fail);
      };
      const fail = (error: MemberError): void => { done(); reject(error); };
      if (this.isOver) return fail(new MemberError("stopped", "the member has stopped"));
      if (signal?.aborted === true) return abort();
      listensNoMore = onAbort(signal, abort);
      this.whenOver.add(fail);
    });
    // If nobody awaits the promise any more, its rejection must not end the process.
    next.catch(() => {});
    return next;
  }

  /** All events from now on. */
  iterate(): AsyncIterator<MemberEvent> {
    const queue = new EventQueue(() => { this.queues.delete(queue); });
    if (this.isOver) queue.end();
    else this.queues.add(queue);
    return queue;
  }

  /** Is there a receiver for events of this kind? */
  hears(kind: Kind): boolean {
    return (this.byKind.get(kind)?.size ?? 0) > 0 || this.queues.size > 0;
  }

  emit(event: MemberEvent): void {
    for (const queue of this.queues) queue.put(event);
    for (const hear of [...(this.byKind.get(event.kind) ?? [])]) this.survive(() => hear(event));
  }

  /** How many events wait to be read by loops. */
  get waiting(): number {
    return Array.from(this.queues).reduce((sum, queue) => sum + queue.length, 0);
  }

  end(error: MemberError): void {
    this.isOver = true;
    for (const fail of [...this.whenOver]) fail(error);
    for (const queue of [...this.queues]) queue.end();
    this.queues.clear();
  }
}
