/** Advances the clock, and updates the page: at most once for each frame of the screen, and only if something has changed. */

import { instant } from "../../engine/index.ts";
import type { Desk } from "./desk.ts";

/** A pause longer than this, in milliseconds, is not made up for: the page was hidden. */
const LONGEST = 250;

export class Ticker {
  private readonly desk: Pick<Desk, "page" | "dispatch">;
  private readonly show: () => void;
  private isAsked = false;
  private last: number | null = null;

  constructor(desk: Pick<Desk, "page" | "dispatch">, show: () => void) {
    this.desk = desk;
    this.show = show;
  }

  /** Something has changed: the page is updated with the next frame. */
  readonly wake = (): void => {
    if (this.isAsked) return;
    this.isAsked = true;
    requestAnimationFrame(this.frame);
  };

  /** Updates the page at once, without waiting for the screen. */
  readonly now = (): void => this.show();

  private readonly frame = (now: number): void => {
    this.isAsked = false;
    const { clock } = this.desk.page();
    if (clock.isPlaying && this.last !== null) {
      const passed = Math.min(LONGEST, now - this.last) * 1000 * clock.speed;
      this.desk.dispatch({ kind: "passed", at: instant(clock.at + passed) });
    }
    const { isPlaying } = this.desk.page().clock;
    this.last = isPlaying ? now : null;
    this.show();
    if (isPlaying) this.wake();
  };
}
