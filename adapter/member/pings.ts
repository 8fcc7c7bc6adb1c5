/** The pending pings of the application. */

import type { Change } from "../../engine/index.ts";
import type { AskedPing } from "../driver/own-pings.ts";
import { MemberError } from "../error.ts";
import type { Wait } from "./waits.ts";

export class Pings {
  private readonly waiting = new Map<AskedPing, Wait<number>>();

  begin(ping: AskedPing, wait: Wait<number>): void {
    this.waiting.set(ping, wait);
    const over = (): void => { this.waiting.delete(ping); };
    wait.promise.then(over, over);
  }

  /** The engine announced the outcome of this ping. */
  ended(ping: AskedPing, change: Change): void {
    const wait = this.waiting.get(ping);
    if (change.kind === "answered") wait?.settle(change.roundTrip);
    else wait?.fail(new MemberError("timed-out", `${ping.target} did not answer our ping`));
  }
}
