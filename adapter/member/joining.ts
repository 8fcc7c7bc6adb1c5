/** Joining a group: names of seeds looked up, seeds asked, answers waited for. */

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
  /** A join that nobody waits for failed. */
  readonly failed: (error: MemberError) => void;
};

/** Where seeds are, ourselves left out; and why some texts lead nowhere. */
type Found = { readonly seeds: readonly Address[]; readonly whys: readonly MemberError[] };

/** How long an exchange may take, and a little more, in milliseconds: by then each seed has answered or not. */
const JOIN_DEADLINE = 11_000;
/** How long until seeds are looked up again. */
const LOOK_AGAIN_AFTER = seconds(5);

export class Joining {
  private readonly parts: JoiningParts;
  /** Whom the engine was last told to ask. It asks them again by itself, if its configuration says so. */
  private asked: ReadonlySet<Address> = new Set();
  /** There are seeds to ask; and one has let us in, or somebody else has come to us. */
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
   * Nobody waits. While we are alone, all is looked up again: where a whole group is being started names come late, and whom they lead to changes. If anybody
   * is found who was not asked before, all are asked; and where the engine does not ask again by itself (memberlist's presets), all that are found in any case.
   * That they still do not answer is no news then.
   */
  inPassing(sought: readonly string[] | FindSeeds): void {
    const { failed, driver } = this.parts;
    let isKnown = false;
    const news = async (): Promise<Found> => {
      const found = await this.lookUp(typeof sought === "function" ? await foundBy(sought) : sought);
      // Nobody but ourselves: we are the first.
      if (found.seeds.length === 0 && found.whys.length === 0) this.met();
      const isAnyNew = found.seeds.some((seed) => !this.asked.has(seed));
      isKnown = !isAnyNew && found.whys.length === 0;
      return isAnyNew || driver.state.config.joinAgainAfter === 0 ? found : { ...found, seeds: [] };
    };
    const failing = (error: unknown): void => { if (!this.isStopped && !isKnown) failed(asMemberError(error)); };
    void this.ask(news, {}).then((letIn) => { if (letIn > 0) this.met(); }).catch(failing).then(() => this.lookAgain(sought));
  }

  /** There are seeds, and none has let us in so far. */
  get isPending(): boolean {
    return this.isSought && !this.isIn;
  }

  /** Somebody is here besides us, or there is nobody to wait for. */
  met(): void {
    this.isIn = true;
  }

  stop(): void {
    this.isStopped = true;
    this.takeBack();
  }

  /** For as long as we run: whoever has lost everybody is alone again, and asks all that it finds. */
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

  /** Resolves with how many of these have let us in, once these are enough or all of them. */
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
    // Nobody but ourselves: we are the first.
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

/** Whoever was found, as a list of texts. Rejects with a `MemberError`, `join-failed`. */
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
