/** Handles a driver's reports: settles pending operations, calls hooks, emits events. */

import type { Change, Instant, Query, SerfNews } from "../../engine/index.ts";
import { rawOf } from "../../engine/index.ts";
import type { Clock } from "../driver/clock.ts";
import type { Driver } from "../driver/driver.ts";
import type { Report } from "../driver/report.ts";
import { eventOfNews, eventsOf, type Speaking, unknownProvenance } from "./announcements.ts";
import type { Joins } from "./joins.ts";
import type { Listeners } from "./listeners.ts";
import type { Hooks } from "./options.ts";
import type { Pings } from "./pings.ts";
import { answer, obey, type Ruled } from "./queries.ts";
import type { Questions } from "./questions.ts";
import type { Reach } from "./reach.ts";

export type Hearing = {
  readonly joins: Joins;
  readonly pings: Pings;
  readonly questions: Questions;
  readonly listeners: Listeners;
  readonly hooks: Hooks;
  readonly reach: Reach;
  readonly ruled: Ruled;
  readonly clock: Clock;
  /** Our farewell was told, or our death is final. */
  readonly departed: () => void;
  /** The driver has stopped by itself. */
  readonly broken: () => void;
};

/** Handles one report. */
export function hear(driver: Driver, hearing: Hearing, report: Report): void {
  const { joins, listeners } = hearing;
  switch (report.kind) {
    case "changed":
      return heardChange(driver, hearing, report);
    case "told":
      for (const news of report.news) for (const event of eventOfNews(news, unknownProvenance, report.at, speakingOf(driver))) listeners.emit(event);
      return heardOfQueries(driver, hearing, report.news, report.at);
    case "view-came":
      return joins.came(report.from, report.isTaken);
    case "exchange-failed":
      return joins.failed(report.to, report.why);
    case "trouble":
      return emitError(listeners, report.at, report.error);
    case "broken":
      // As with event emitters of Node.js: a fatal error without a listener ends the process.
      if (!listeners.hears("error")) queueMicrotask(() => { throw report.error; });
      emitError(listeners, report.at, report.error);
      return hearing.broken();
  }
}

/** Errors without a listener are only counted. */
export const emitError = (listeners: Listeners, at: Instant, error: Error): void => listeners.emit({ kind: "error", at, error });

function heardChange(driver: Driver, hearing: Hearing, { at, change, ping, news }: Extract<Report, { kind: "changed" }>): void {
  const speaking = speakingOf(driver);
  if (ping !== null) hearing.pings.ended(ping, change);
  askHooks(driver, hearing, change, speaking);
  for (const event of eventsOf(change, news, at, speaking)) hearing.listeners.emit(event);
  const cutOff = hearing.reach.heard(change, driver);
  if (cutOff !== null) emitError(hearing.listeners, at, cutOff);
  heardOfQueries(driver, hearing, news, at);
  if (change.kind === "departed") hearing.departed();
}

function heardOfQueries(driver: Driver, hearing: Hearing, news: readonly SerfNews[], at: Instant): void {
  for (const one of news) {
    if (one.kind === "asked") heardQuery(driver, hearing, one.query, at);
    else if (one.kind === "answered") hearing.questions.heard(one.answer);
  }
}

function heardQuery(driver: Driver, { listeners, ruled, clock }: Hearing, query: Query, at: Instant): void {
  const from = query.source === "" ? query.sourceAddress : query.source;
  const obedience = obey(driver, ruled, query, clock.now());
  if (obedience === "changed") listeners.emit({ kind: "keys", at, from });
  if (obedience !== "none") return;
  listeners.emit({
    kind: "query", at, name: query.name, payload: rawOf(query.payload), from,
    answer: (payload) => answer(driver, query, at, clock.now(), payload),
  });
}

function askHooks({ troubles }: Driver, { hooks }: Hearing, change: Change, { nameAt }: Speaking): void {
  const { roundTrip } = hooks;
  if (change.kind === "answered" && roundTrip !== undefined) {
    troubles.ask("hook roundTrip", undefined, () => roundTrip(change.target, change.roundTrip, rawOf(change.payload)));
  }
  const { mergeState } = hooks;
  if (change.kind === "state" && mergeState !== undefined) {
    troubles.ask("hook mergeState", undefined, () => mergeState(rawOf(change.userState), nameAt(change.from), change.join));
  }
}

export const speakingOf = (driver: Driver): Speaking => ({
  self: driver.state.self.id,
  statusOf: (member) => driver.serf?.statusOf(member.id),
  nameAt: (where) => driver.addresses.at(where, driver.state)?.id ?? where,
  isSerf: driver.serf !== null,
});
