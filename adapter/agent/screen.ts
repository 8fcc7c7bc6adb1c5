/** Redraws a full-screen page in place: on the terminal's alternate screen, each picture with one write, so that nothing flickers. The former content is restored in the end. */

import { beforeExit } from "../recorder/before-exit.ts";
import type { Page } from "./settings.ts";

/** The least time between two pictures, in milliseconds. */
const LEAST_APART = 100;

const ENTER = "\u001b[?1049h\u001b[?25l\u001b[2J";
const LEAVE = "\u001b[?25h\u001b[?1049l";
/** Synchronised output: terminals that support it show the picture when it is complete; others ignore it. */
const BEGIN = "\u001b[?2026h\u001b[H";
const END = "\u001b[J\u001b[?2026l";
const TO_EDGE = "\u001b[K";

export type Screen = {
  /** Call this when the picture has changed. */
  readonly changed: () => void;
  /** Restores the screen. Idempotent, and synchronous, because the process may be about to end. */
  readonly close: () => void;
};

/** `paint` makes the lines of a picture. It is drawn soon after a change, and every second. */
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
  // After Ctrl-Z, the shell has written on the screen.
  process.on("SIGCONT", enter);
  // However the process ends, the terminal must be restored.
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
