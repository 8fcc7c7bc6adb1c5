/** Houses as the conductor sees them: in this very process, or in others, which can be killed and stopped. */

import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { openHouse } from "./house.ts";
import type { News, Order } from "./orders.ts";

/** Where some of the members live. */
export type Lodging = {
  readonly members: readonly number[];
  readonly tell: (order: Order) => void;
  /** Null for this very process, which nobody may signal. */
  readonly signals: { readonly kill: () => void; readonly stop: () => void; readonly go: () => void } | null;
  /** Whatever it is doing: ends it, at once if it can be killed. */
  readonly end: () => Promise<void>;
};

/** This process. */
export function lodgingHere(members: readonly number[], hear: (news: News) => void): Lodging {
  let isClosed = (): void => {};
  const closed = new Promise<void>((resolve) => (isClosed = resolve));
  const { obey } = openHouse((news) => {
    if (news.kind === "closed") isClosed();
    hear(news);
  });
  return {
    members, tell: obey, signals: null,
    end: () => {
      obey({ kind: "close" });
      return closed;
    },
  };
}

/** What is to be done if this process ends before its time: one listener for all. */
const atExit = new Set<() => void>();
process.on("exit", () => {
  for (const end of atExit) end();
});

/** As it is written, a process has to be taught to read it first; as it was built, it reads it as it is. */
const isWritten = import.meta.url.endsWith(".ts");

/**
 * A process of its own. If somebody will come back (`isReplaced`), one that was killed is replaced at once by another that waits: a restart then takes as
 * long as a member needs, and not as long as Node.js does. `opening` is the first that each is told.
 */
export function lodgingApart(members: readonly number[], opening: Order, isReplaced: boolean, hear: (news: News) => void): Lodging {
  let child = begin();
  let isOver = false;

  /** In a session of its own: what is typed at a terminal is for the conductor, who decides what becomes of it. */
  function begin(): ChildProcess {
    const begun = fork(fileURLToPath(new URL(isWritten ? "./process.ts" : "./process.js", import.meta.url)), [], {
      execArgv: isWritten ? ["--import", import.meta.resolve("tsx")] : [], serialization: "advanced", detached: true, stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    begun.on("message", (news: News) => { if (begun === child) hear(news); });
    begun.on("exit", (code, signal) => {
      if (begun === child && !isOver) hear({ kind: "broke", member: members[0] ?? 0, why: `its process ended by itself (${signal ?? code})` });
    });
    // What is said to a process that has just died goes nowhere, as it would to a machine.
    begun.on("error", () => {});
    begun.send(opening);
    return begun;
  }

  const endWithUs = (): void => void child.kill("SIGKILL");
  atExit.add(endWithUs);
  return {
    members,
    tell: (order) => void child.send(order, () => {}),
    signals: {
      kill: () => {
        const dying = child;
        if (isReplaced) child = begin();
        else isOver = true;
        dying.kill("SIGKILL");
      },
      stop: () => void child.kill("SIGSTOP"),
      go: () => void child.kill("SIGCONT"),
    },
    end: () => {
      isOver = true;
      atExit.delete(endWithUs);
      child.kill("SIGKILL");
      return Promise.resolve();
    },
  };
}
