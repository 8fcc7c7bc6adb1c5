/** The three outputs of an agent: a table on a screen, lines, or lines of JSON. */

import type { SwimMember } from "../member/member.ts";
import { boardOf, remarkOf, type Heard, type Scene } from "./board.ts";
import { documentOf } from "./document.ts";
import { inkOf } from "./ink.ts";
import { tellingOf, type News } from "./news.ts";
import { screenOn } from "./screen.ts";
import type { AgentSettings, Page } from "./settings.ts";
import { clockText } from "./wording.ts";

export type Face = {
  readonly hear: (news: News) => void;
  /** Shows what is left, and restores the screen. Idempotent. */
  readonly close: () => void;
};

/** How many events are kept: more than the tallest screen shows. */
const MOST_RECENT = 200;

export const faceOf = (show: AgentSettings["show"], member: SwimMember, about: readonly string[], page: Page): Face => {
  switch (show) {
    case "json":  return { hear: (news) => page.write(`${JSON.stringify(documentOf(news, new Date()))}\n`), close: () => {} };
    case "lines": return { hear: (news) => page.write(lineOf(news, page)), close: () => {} };
    case "table": return tableFace(member, about, page);
  }
};

function lineOf(news: News, { isColoured }: Page): string {
  const ink = inkOf(isColoured);
  const { sign, mood, text } = tellingOf(news);
  return `${ink.faint(clockText(new Date()))} ${ink[mood](sign)} ${text}\n`;
}

function tableFace(member: SwimMember, about: readonly string[], page: Page): Face {
  const began = Date.now();
  const since = new Map<string, Heard>();
  const recent: Heard[] = [];
  const ink = inkOf(page.isColoured);
  let isLeaving = false;
  const scene = (): Scene => sceneOf(member, { about, began, since, recent, isLeaving });
  const screen = screenOn(page, () => boardOf(scene(), { ...page.size(), ink }));
  let isClosed = false;
  return {
    hear: (news) => {
      const heard = { news, at: new Date() };
      recent.push(heard);
      if (recent.length > MOST_RECENT) recent.shift();
      if (news.kind === "note") isLeaving ||= news.what === "leaving";
      else if ("peer" in news && news.kind !== "update" && news.kind !== "conflict") since.set(news.peer.name, heard);
      if (news.kind === "forget") since.delete(news.peer.name);
      screen.changed();
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      screen.close();
      // What should stay visible in the end: the last picture, without its last line.
      const { columns } = page.size();
      const table = boardOf(scene(), { columns, rows: member.members("all").length + recent.length + 8, ink });
      page.write(`${table.slice(0, -1).join("\n").trimEnd()}\n`);
    },
  };
}

type Memory = { readonly about: readonly string[]; readonly began: number; readonly since: ReadonlyMap<string, Heard>; readonly recent: readonly Heard[]; readonly isLeaving: boolean };

function sceneOf(member: SwimMember, { about, began, since, recent, isLeaving }: Memory): Scene {
  const now = Date.now();
  const { name, address, health, state: { config, rumours, mail } } = member;
  return {
    name, address, about, health, recent, isLeaving,
    upFor: now - began,
    healthMax: config.healthMax,
    waiting: rumours.length + mail.urgent.length + mail.normal.length + mail.bulk.length,
    late: member.stats().lateness.last / 1_000,
    rows: member.members("all").map((peer) => {
      const heard = since.get(peer.name);
      const remark = remarkOf(peer, heard?.news);
      const distance = member.distance(peer.name);
      return { peer, isUs: peer.name === name, lasted: now - (heard?.at.getTime() ?? began), ...(distance !== undefined && { distance }), ...(remark !== undefined && { remark }) };
    }),
  };
}

