/** Joining a group: names of seeds looked up, seeds asked, answers waited for. */

import { after, livingIn, seconds } from "../../engine/index.ts";
import type { Clock } from "../driver/clock.ts";
import type { Driver } from "../driver/driver.ts";
import { MemberError } from "../error.ts";
import type { Joins } from "./joins.ts";
import type { Waiting } from "./member.ts";
import type { Resolve } from "./resolve.ts";
import type { Wait, Waits } from "./waits.ts";

export type JoiningParts = {
  readonly driver: Driver;
  readonly joins: Joins;
  readonly waits: Waits;
  readonly clock: Clock;
  readonly resolve: Resolve;
  readonly assertRuns: () => void;
  /** A join that nobody waits for failed. */
  readonly failed: (error: MemberError) => void;
};

/** How long an exchange may take, and a little more, in milliseconds: by then each seed has answered or not. */
const JOIN_DEADLINE = 11_000;
/** How long until a host that there was not is looked up again. */
const LOOK_AGAIN_AFTER = seconds(5);

export class Joining {
  private readonly parts: JoiningParts;
  private isStopped = false;
  private takeBack = (): void => {};

  constructor(parts: JoiningParts) {
    this.parts = parts;
  }

  async join(seeds: readonly string[], waiting: Waiting): Promise<number> {
    const { waits, joins } = this.parts;
    this.parts.assertRuns();
    if (!Array.isArray(seeds)) throw new MemberError("bad-option", "seeds are a list of addresses");
    const wait = waits.start<number>("joining", waiting, JOIN_DEADLINE, (late) => {
      const letIn = joins.letInOf(late);
      if (letIn > 0) late.settle(letIn);
      else late.fail(new MemberError("join-failed", "no seed let us in before the deadline"));
    });
    void this.ask(seeds, wait).catch((error: unknown) => wait.fail(asMemberError(error)));
    return wait.promise;
  }

  /** Nobody waits. A name that leads nowhere yet, as where a whole group is being started, is looked up again while we are alone. */
  inPassing(seeds: readonly string[]): void {
    const { driver, clock, failed } = this.parts;
    this.join(seeds, {}).catch((error: unknown) => {
      if (this.isStopped) return;
      const why = asMemberError(error);
      failed(why);
      if (!(why.cause instanceof MemberError) || why.cause.code !== "no-such-host") return;
      this.takeBack = clock.alarm(after(clock.now(), LOOK_AGAIN_AFTER), () => {
        if (livingIn(driver.state.view) === 1) this.inPassing(seeds);
      });
    });
  }

  stop(): void {
    this.isStopped = true;
    this.takeBack();
  }

  private async ask(texts: readonly string[], wait: Wait<number>): Promise<void> {
    const { driver, joins, clock } = this.parts;
    const found = await Promise.all(texts.map((text) => this.lookUp(text)));
    if (wait.isOver()) return;
    const seeds = [...new Set(found.flatMap((one) => one.seeds))].filter((seed) => seed !== driver.state.self.address);
    const why = found.find((one) => one.why !== null)?.why ?? null;
    if (seeds.length === 0 && why !== null) return wait.fail(new MemberError("join-failed", `no seed let us in: ${why.message}`, why));
    // Nobody but ourselves: we are the first.
    if (seeds.length === 0) return wait.settle(0);
    joins.begin(seeds, wait);
    driver.tellSerf({ kind: "asked-to-join", now: clock.now(), oldEvents: "ignored" });
    driver.happen({ kind: "asked-to-join", now: clock.now(), seeds });
  }

  private lookUp(text: string): Promise<{ readonly seeds: Awaited<ReturnType<Resolve>>; readonly why: MemberError | null }> {
    return this.parts.resolve(text).then((seeds) => ({ seeds, why: null }), (error: unknown) => ({ seeds: [], why: asMemberError(error) }));
  }
}

const asMemberError = (error: unknown): MemberError =>
  error instanceof MemberError ? error : new MemberError("bad-option", error instanceof Error ? error.message : String(error), error);
