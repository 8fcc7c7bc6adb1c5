/** A screen that is redrawn in place: a page of its own, each picture in one piece, so that nothing flickers; and what was there before comes back. */

import { beforeExit } from "../recorder/before-exit.ts";
import type { Page } from "./settings.ts";

/** No more pictures than these a second. */
const LEAST_APART = 100;

const ENTER = "\u001b[?1049h\u001b[?25l\u001b[2J";
const LEAVE = "\u001b[?25h\u001b[?1049l";
/** Terminals that know it show the picture when it is whole; the others pass over it. */
const BEGIN = "\u001b[?2026h\u001b[H";
const END = "\u001b[J\u001b[?2026l";
const TO_EDGE = "\u001b[K";

export type Screen = {
  /** There is something new to see. */
  readonly changed: () => void;
  /** Gives the page back. Idempotent, and at once: the process may be about to end. */
  readonly close: () => void;
};

/** `paint` makes the lines of a picture. A picture is drawn soon after something changed, and each second. */
export function screenOn(page: Page, paint: () => readonly string[]): Screen {
  let last = "";
  let isClosed = false;
  let pending: NodeJS.Timeout | null = null;
  const draw = (): void => {
    pending = null;
    const picture = paint().map((line) => line + TO_EDGE).join("\r\n");
    if (isClosed || picture === last) return;
    last = picture;
    page.write(BEGIN + picture + END);
  };
  const changed = (): void => { pending ??= setTimeout(draw, LEAST_APART); };
  const enter = (): void => {
    last = "";
    page.write(ENTER);
    draw();
  };
  enter();
  const beat = setInterval(draw, 1_000);
  // After Ctrl-Z, the shell has written where it liked.
  process.on("SIGCONT", enter);
  // Whatever ends the process: the terminal is the user's.
  const stay = beforeExit(() => page.write(LEAVE));
  return {
    changed,
    close: () => {
      if (isClosed) return;
      isClosed = true;
      stay();
      process.off("SIGCONT", enter);
      clearInterval(beat);
      if (pending !== null) clearTimeout(pending);
      page.write(LEAVE);
    },
  };
}
