/** Joining a group: resolves the names of seeds, asks the seeds, and waits for their answers. */

import { after, livingIn, seconds, type Address } from "../../engine/index.ts";
import type { Clock } from "../driver/clock.ts";
import type { Driver } from "../driver/driver.ts";
import { MemberError } from "../error.ts";
import { checkWaiting } from "./arguments.ts";
import type { Joins } from "./joins.ts";
import type { Enough, Waiting } from "./member.ts";
import type { FindSeeds } from "./options.ts";
import type { Resolve } from "./resolve.ts";
import type { Wait, Waits } from "./waits.ts";

export type JoiningParts = {
  readonly driver: Driver;
  readonly joins: Joins;
  readonly waits: Waits;
  readonly clock: Clock;
  readonly resolve: Resolve;
  readonly assertRuns: () => void;
  /** A join in the background failed. */
  readonly failed: (error: MemberError) => void;
};

/** The addresses of seeds, without our own; and the errors of texts that could not be resolved. */
type Found = { readonly seeds: readonly Address[]; readonly whys: readonly MemberError[] };

/** A little longer than an exchange may take, in milliseconds: by then each seed has answered or failed. */
const JOIN_DEADLINE = 11_000;
/** How long until seeds are resolved again. */
const LOOK_AGAIN_AFTER = seconds(5);

export class Joining {
  private readonly parts: JoiningParts;
  /** The seeds that the engine was last told to ask. It asks them again by itself, if its configuration says so. */
  private asked: ReadonlySet<Address> = new Set();
  /** `isSought`: there are seeds to ask. `isIn`: one has let us in, or another member has joined us. */
  private isSought = false;
  private isIn = false;
  private isStopped = false;
  private takeBack = (): void => {};

  constructor(parts: JoiningParts) {
    this.parts = parts;
  }

  async join(texts: readonly string[], waiting: Waiting & Enough): Promise<number> {
    if (!Array.isArray(texts) || !texts.every((text) => typeof text === "string")) throw new MemberError("bad-option", "seeds are a list of addresses");
    checkWaiting("join", waiting, ["enough"]);
    const { enough = Infinity } = waiting;
    if (enough !== Infinity && !(Number.isInteger(enough) && enough >= 1)) throw new MemberError("bad-option", `enough is a whole number of seeds from 1 up, not ${String(enough)}`);
    const letIn = await this.ask(() => this.lookUp(texts), waiting, enough);
    this.met();
    return letIn;
  }

  /**
   * Joins in the background. While we are alone, the seeds are resolved again and again: when a whole group is being started, names appear late, and their addresses change. If
   * a new seed is found, all are asked; and where the engine does not ask again by itself (memberlist's presets), all are asked in any case.
   * That known seeds still do not answer is not reported again.
   */
  inPassing(sought: readonly string[] | FindSeeds): void {
    const { failed, driver } = this.parts;
    let isKnown = false;
    const news = async (): Promise<Found> => {
      const found = await this.lookUp(typeof sought === "function" ? await foundBy(sought) : sought);
      // No seeds but ourselves: we are the first.
      if (found.seeds.length === 0 && found.whys.length === 0) this.met();
      const isAnyNew = found.seeds.some((seed) => !this.asked.has(seed));
      isKnown = !isAnyNew && found.whys.length === 0;
      return isAnyNew || driver.state.config.joinAgainAfter === 0 ? found : { ...found, seeds: [] };
    };
    const failing = (error: unknown): void => { if (!this.isStopped && !isKnown) failed(asMemberError(error)); };
    void this.ask(news, {}).then((letIn) => { if (letIn > 0) this.met(); }).catch(failing).then(() => this.lookAgain(sought));
  }

  /** Are there seeds, none of which has let us in so far? */
  get isPending(): boolean {
    return this.isSought && !this.isIn;
  }

  /** There is another member besides us, or no seed to wait for. */
  met(): void {
    this.isIn = true;
  }

  stop(): void {
    this.isStopped = true;
    this.takeBack();
  }

  /** Goes on for as long as we run: a member that has lost all others is alone again, and asks all seeds that it finds. */
  private lookAgain(sought: readonly string[] | FindSeeds): void {
    if (this.isStopped) return;
    const { clock } = this.parts;
    this.takeBack = clock.alarm(after(clock.now(), LOOK_AGAIN_AFTER), () => {
      if (this.isAlone()) return this.inPassing(sought);
      this.asked = new Set();
      this.lookAgain(sought);
    });
  }

  private isAlone(): boolean {
    const { phase, view } = this.parts.driver.state;
    return phase.kind === "member" && livingIn(view) === 1;
  }

  /** Resolves with how many seeds have let us in, once these are `enough`, or all have answered or failed. */
  private async ask(look: () => Promise<Found>, waiting: Waiting, enough: number = Infinity): Promise<number> {
    const { waits, joins, assertRuns } = this.parts;
    assertRuns();
    const wait = waits.start<number>("joining", waiting, JOIN_DEADLINE, (late) => joins.giveUp(late));
    this.isSought = true;
    void look().then((found) => this.call(found, wait, enough)).catch((error: unknown) => wait.fail(asMemberError(error)));
    return wait.promise;
  }

  private call({ seeds, whys }: Found, wait: Wait<number>, enough: number): void {
    const { driver, joins, clock } = this.parts;
    if (wait.isOver()) return;
    // No seeds but ourselves: we are the first.
    if (seeds.length === 0 && whys.length === 0) return wait.settle(0);
    joins.begin({ seeds, wait, notFound: whys, enough });
    if (seeds.length === 0) return;
    this.asked = new Set(seeds);
    driver.tellSerf({ kind: "asked-to-join", now: clock.now(), oldEvents: "ignored" });
    driver.happen({ kind: "asked-to-join", now: clock.now(), seeds });
  }

  private async lookUp(texts: readonly string[]): Promise<Found> {
    const { driver, resolve } = this.parts;
    const looked = await Promise.allSettled(texts.map((text) => resolve(text)));
    const seeds = new Set(looked.flatMap((one) => (one.status === "fulfilled" ? one.value : [])));
    seeds.delete(driver.state.self.address);
    return { seeds: [...seeds], whys: looked.flatMap((one) => (one.status === "rejected" ? [asMemberError(one.reason)] : [])) };
  }
}

/** The seeds that the application's function finds, as texts. Rejects with a `MemberError`, `join-failed`. */
async function foundBy(find: FindSeeds): Promise<readonly string[]> {
  let found: unknown;
  try {
    found = await find();
  } catch (error) {
    throw new MemberError("join-failed", `no seed let us in: none could be looked for: ${error instanceof Error ? error.message : String(error)}`, error);
  }
  if (Array.isArray(found) && found.every((text) => typeof text === "string")) return found;
  throw new MemberError("join-failed", "no seed let us in: the function `seeds` must give a list of texts");
}

const asMemberError = (error: unknown): MemberError =>
  error instanceof MemberError ? error : new MemberError("bad-option", error instanceof Error ? error.message : String(error), error);
