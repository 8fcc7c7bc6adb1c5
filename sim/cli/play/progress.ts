/** A bar that moves while runs are played, for a person at a terminal. */

import progress from "cli-progress";
import type { Board } from "./board.ts";

/** Milliseconds between two looks at the board. */
const LOOK_EVERY = 200;

/** Takes the bar away. */
export type TakeAway = () => void;

/** How far everybody is: runs finished, and with the part of those under way that is behind them. */
export type Reached = Pick<Board, "finished" | "played">;

/** Draws how far the board is, from now on; `draw` draws at once, for a thread too busy to be interrupted. */
export function showProgress(board: Reached, runs: number, screen: NodeJS.WriteStream, what = "runs"): { readonly draw: () => void; readonly takeAway: TakeAway } {
  const bar = new progress.SingleBar({
    format: ` {bar} {finished} of {total} ${what} · {rate} · {left}`,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 30,
    clearOnComplete: true,
    // The cursor and Ctrl-C are left alone: whoever plays the runs has a say in both.
    hideCursor: null,
    gracefulExit: false,
    fps: 1_000 / LOOK_EVERY,
    stream: screen,
  });
  const began = performance.now();
  const draw = (): void => {
    const played = Math.min(runs, board.played);
    const elapsed = (performance.now() - began) / 1_000;
    bar.update(played, { finished: board.finished, rate: rateText(played / elapsed), left: leftText(played, runs, elapsed) });
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

/** `4.1 runs/s`, or for slow ones `12 s a run`. */
const rateText = (rate: number): string => (rate >= 1 ? `${rate.toFixed(1)} runs/s` : rate > 0 ? `${(1 / rate).toFixed(1)} s a run` : "starting");

/** How long the rest takes, if it goes on like this. */
function leftText(played: number, runs: number, elapsed: number): string {
  if (played === 0) return "";
  const left = Math.ceil((elapsed / played) * (runs - played));
  return left < 90 ? `${left} s left` : left < 5_400 ? `${Math.round(left / 60)} min left` : `${(left / 3_600).toFixed(1)} h left`;
}
