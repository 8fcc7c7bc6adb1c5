/** Structured logs, for machines that gather them: a line of JSON for each thing that happened. */

import { closeSync, openSync } from "node:fs";
import type { Logger, pino as Pino } from "pino";
import { MemberError } from "../error.ts";
import { documentOf } from "./document.ts";
import { tellingOf, type News } from "./news.ts";
import type { AgentSettings, LogLevel } from "./settings.ts";

export type Log = {
  readonly hear: (news: News) => void;
  /** Does anybody want to know what was dropped? */
  readonly wantsDrops: boolean;
  /** Opens the file anew: it may have been moved away. Throws what the system says against it; then lines go where they went before. */
  readonly reopen: () => void;
  readonly close: () => void;
};

/** Comings and goings are information; doubts, deaths and quarrels over names warn; what was dropped is for who looks closer. */
const levels: Readonly<Record<News["kind"], Exclude<LogLevel, "silent">>> = {
  join: "info", update: "info", leave: "info", clear: "info", forget: "info", refute: "warn", message: "info", event: "info", query: "info", note: "info",
  suspect: "warn", failed: "warn", conflict: "warn", keys: "warn", error: "error",
};

const ours: Partial<Record<Extract<News, { kind: "note" }>["what"], Exclude<LogLevel, "silent">>> = { drops: "debug", "join-failed": "warn", "not-read-again": "error", "keys-not-written": "error", "log-not-reopened": "error", recorder: "error" };

const silent: Log = { hear: () => {}, wantsDrops: false, reopen: () => {}, close: () => {} };

/** Rejects with a `MemberError` if the file can't be written. A disk that is full later costs lines, and nothing else. */
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
      // First to see whether it can be opened at all: pino's own attempt, if it fails, closes the former file twice later.
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
