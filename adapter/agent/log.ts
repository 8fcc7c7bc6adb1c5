/** Structured logs, for log collectors: a line of JSON for each event. */

import { closeSync, openSync } from "node:fs";
import type { Logger, pino as Pino } from "pino";
import { MemberError } from "../error.ts";
import { documentOf } from "./document.ts";
import { tellingOf, type News } from "./news.ts";
import type { AgentSettings, LogLevel } from "./settings.ts";

export type Log = {
  readonly hear: (news: News) => void;
  /** Does the log level include drops? */
  readonly wantsDrops: boolean;
  /** Reopens the file, which may have been moved away. Throws the system's error; then lines go on into the former file. */
  readonly reopen: () => void;
  readonly close: () => void;
};

/** Joins and leaves are `info`; suspicions, failures and conflicts are `warn`; drops are `debug`. */
const levels: Readonly<Record<News["kind"], Exclude<LogLevel, "silent">>> = {
  join: "info", update: "info", leave: "info", clear: "info", forget: "info", refute: "warn", message: "info", event: "info", query: "info", note: "info",
  suspect: "warn", failed: "warn", conflict: "warn", keys: "warn", error: "error",
};

const ours: Partial<Record<Extract<News, { kind: "note" }>["what"], Exclude<LogLevel, "silent">>> = { drops: "debug", "join-failed": "warn", "not-read-again": "error", "keys-not-written": "error", "log-not-reopened": "error", recorder: "error" };

const silent: Log = { hear: () => {}, wantsDrops: false, reopen: () => {}, close: () => {} };

/** Rejects with a `MemberError` if the file cannot be written. If the disk is full later, only lines are lost. */
export async function openLog(settings: AgentSettings["log"], agent: string): Promise<Log> {
  if (settings === undefined || settings.level === "silent") return silent;
  const { pino } = await import("pino");
  const destination = open(pino, settings.file);
  destination.on("error", () => {});
  const logger: Logger = pino({ level: settings.level, base: { agent, pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    hear: (news) => {
      const { at: _at, text: _text, pid: _pid, ...document } = documentOf(news, new Date());
      logger[(news.kind === "note" ? ours[news.what] : undefined) ?? levels[news.kind]](document, tellingOf(news).text);
    },
    wantsDrops: logger.isLevelEnabled("debug"),
    reopen: () => {
      if (settings.file === undefined) return;
      // First check whether it can be opened: if pino's own attempt fails, it later closes the former file twice.
      closeSync(openSync(settings.file, "a"));
      destination.reopen();
    },
    close: () => destination.end(),
  };
}

function open(pino: typeof Pino, file: string | undefined): ReturnType<typeof pino.destination> {
  try {
    return pino.destination({ dest: file ?? 2, sync: true, append: true });
  } catch (fault) {
    throw new MemberError("unwritable", `the log ${file ?? "to standard error"} can't be written: ${fault instanceof Error ? fault.message : String(fault)}`, fault);
  }
}
