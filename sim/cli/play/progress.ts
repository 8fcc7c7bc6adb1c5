/** Shows the progress of runs while they are played: a bar for a person at a terminal, a line now and then for a file. */

import progress from "cli-progress";
import { count } from "../report/wording.ts";
import type { Terminal } from "../terminal.ts";
import type { Board } from "./board.ts";

/** Milliseconds between two updates. */
const LOOK_EVERY = 200;

/** Removes the bar. */
export type TakeAway = () => void;

/** The progress: finished runs, and played ones, which include the finished parts of those under way. */
export type Reached = Pick<Board, "finished" | "played">;

/** `draw` shows the progress at once, if it is time to, for a thread too busy to run timers. */
export type Progress = { readonly draw: () => void; readonly takeAway: TakeAway };

/** A bar if a person watches, a plain line every half minute if nobody does, nothing with `quiet`. */
export function progressFor(board: Reached, runs: number, { quiet, json }: { readonly quiet?: boolean; readonly json?: boolean }, { screen, remark }: Terminal, what = "runs"): Progress {
  if (quiet === true || runs === 0) return { draw: () => {}, takeAway: () => {} };
  return screen === null || json === true ? tellProgress(board, runs, { remark, clock: () => performance.now() / 1_000, what }) : showProgress(board, runs, screen, what);
}

/** Seconds between two lines. */
const TELL_EVERY = 30;

/** Prints `120 of 3,200 runs · 4.1 runs/s · 12 min left` now and then. `clock` is in seconds, with any origin. */
export function tellProgress(board: Reached, runs: number, { remark, clock, what = "runs" }: { readonly remark: (line: string) => void; readonly clock: () => number; readonly what?: string }): Progress {
  const began = clock();
  let last = began;
  const draw = (): void => {
    const now = clock();
    if (now - last < TELL_EVERY) return;
    last = now;
    const [played, elapsed] = [Math.min(runs, board.played), now - began];
    remark([`${count(board.finished)} of ${count(runs)} ${what}`, ...(played > 0 ? [rateText(played / elapsed, what), leftText(played, runs, elapsed)] : [`${Math.round(elapsed)} s so far`])].join(" · "));
  };
  // The timer must not keep the process running.
  const timer = setInterval(draw, 1_000).unref();
  return { draw, takeAway: () => clearInterval(timer) };
}

/** Shows the board's progress from now on; `draw` draws at once, for a thread too busy to run timers. */
export function showProgress(board: Reached, runs: number, screen: NodeJS.WriteStream, what = "runs"): Progress {
  const bar = new progress.SingleBar({
    format: ` {bar} {finished} of {total} ${what} · {rate} · {left}`,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 30,
    clearOnComplete: true,
    // The cursor and Ctrl-C are left alone: the code that plays the runs handles both.
    hideCursor: null,
    gracefulExit: false,
    fps: 1_000 / LOOK_EVERY,
    stream: screen,
  });
  const began = performance.now();
  const draw = (): void => {
    const played = Math.min(runs, board.played);
    const elapsed = (performance.now() - began) / 1_000;
    bar.update(played, { finished: board.finished, rate: rateText(played / elapsed, what), left: leftText(played, runs, elapsed) });
  };
  bar.start(runs, 0, { finished: 0, rate: "starting", left: "" });
  const timer = setInterval(draw, LOOK_EVERY);
  return {
    draw,
    takeAway: () => {
      clearInterval(timer);
      bar.stop();
    },
  };
}

/** `4.1 runs/s`, or for slow ones `12 s each`. */
const rateText = (rate: number, what: string): string => (rate >= 1 ? `${rate.toFixed(1)} ${what}/s` : rate > 0 ? `${(1 / rate).toFixed(1)} s each` : "starting");

/** How long the rest takes, at this rate. */
function leftText(played: number, runs: number, elapsed: number): string {
  if (played === 0) return "";
  const left = Math.ceil((elapsed / played) * (runs - played));
  return left < 90 ? `${left} s left` : left < 5_400 ? `${Math.round(left / 60)} min left` : `${(left / 3_600).toFixed(1)} h left`;
}
