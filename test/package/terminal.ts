/** A terminal in which one command is typed, and Ctrl-C. */

import { spawn } from "node:child_process";
import { mortal } from "../mortal.ts";

export type Terminal = {
  /** All that was printed in it so far. */
  readonly said: () => string;
  /** To all that runs in it, as a terminal does. */
  readonly ctrlC: () => void;
  /** Ends what still runs. Idempotent. */
  readonly close: () => Promise<void>;
  readonly ended: Promise<void>;
};

export function typed(folder: string, command: string): Terminal {
  // A group of its own: a shell may or may not put its one command in its own place.
  const shell = mortal(spawn("sh", ["-c", command], { cwd: folder, detached: true, stdio: ["ignore", "pipe", "pipe"] }), "whole");
  let said = "";
  for (const output of [shell.stdout, shell.stderr]) output.on("data", (text: Buffer) => { said += text.toString(); });
  let runs = true;
  const signal = (name: NodeJS.Signals): void => { if (runs && shell.pid !== undefined) process.kill(-shell.pid, name); };
  const ended = new Promise<void>((resolve) => shell.once("close", () => {
    runs = false;
    resolve();
  }));
  return {
    ended,
    said: () => said,
    ctrlC: () => signal("SIGINT"),
    close: () => {
      signal("SIGKILL");
      return ended;
    },
  };
}
