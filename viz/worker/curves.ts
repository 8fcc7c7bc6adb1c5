/** Curves over a run: agreement, load and health, in equal parts of it. The parts double in length whenever there are too many. */

import { instant } from "../../engine/index.ts";
import type { Curves } from "../model/run.ts";
import { doubles } from "./column.ts";

/** The most parts; at least half as many, once the run is longer than that. */
const MOST = 1_200;
/** The initial length of a part, in microseconds. */
const SHORTEST = 50_000;

export class CurveBook {
  private part = SHORTEST;
  private readonly agreement = doubles();
  private readonly health = doubles();
  private readonly messages = doubles();
  private readonly bytes = doubles();

  /** Time advances to `now`; until then the values were these. */
  pass(now: number, agreement: number, health: number): void {
    while (this.agreement.length * this.part <= now) {
      if (this.agreement.length >= MOST) this.coarsen();
      else {
        this.agreement.push(agreement);
        this.health.push(health);
        this.messages.push(0);
        this.bytes.push(0);
      }
    }
  }

  sent(size: number): void {
    const last = this.messages.length - 1;
    this.messages.set(last, this.messages.at(last) + 1);
    this.bytes.set(last, this.bytes.at(last) + size);
  }

  /** The share that agreed at an instant; 1 if unknown. */
  agreementAt(at: number): number {
    const share = this.agreement.at(Math.min(this.agreement.length - 1, Math.max(0, Math.floor(at / this.part))));
    return Number.isNaN(share) ? 1 : share;
  }

  curves(): Curves {
    const narrow = (column: { copy: () => Float64Array }): Float32Array => Float32Array.from(column.copy());
    return {
      begins: instant(0), part: this.part, agreement: narrow(this.agreement), messages: narrow(this.messages), bytes: narrow(this.bytes), health: narrow(this.health),
    };
  }

  private coarsen(): void {
    const half = MOST / 2;
    for (let place = 0; place < half; place++) {
      for (const column of [this.agreement, this.health]) column.set(place, column.at(2 * place + 1));
      for (const column of [this.messages, this.bytes]) column.set(place, column.at(2 * place) + column.at(2 * place + 1));
    }
    for (const column of [this.agreement, this.health, this.messages, this.bytes]) column.length = half;
    this.part *= 2;
  }
}

