/** Processes that tests start: none outlives the tests, however these end. */

import { spawn, type ChildProcess } from "node:child_process";

/**
 * Has this child killed as soon as nobody is left who started it: after Ctrl-C and `--bail` as after SIGKILL. A shell of its own session keeps watch, and knows by its standard input, a pipe of ours which the system closes for
 * us. A listener to `exit` would not do: Vitest's workers are threads, and are ended without one. `whole`: with all of its process group, which must be its own.
 */
export function mortal<Child extends ChildProcess>(child: Child, whole: "alone" | "whole" = "alone"): Child {
  if (child.pid === undefined) return child;
  const keeper = spawn("sh", ["-c", 'read -r _; kill -s KILL -- "$0"', `${whole === "whole" ? "-" : ""}${child.pid}`], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  // Before its number can become somebody else's: that of a group is taken while anybody is in it, and holds its pipes.
  child.once(whole === "whole" ? "close" : "exit", () => keeper.kill("SIGKILL"));
  keeper.unref();
  return child;
}
