/** The content of the screen: our name and address, our health, the members, and recent events. Pure: a picture of one moment. */

import type { Peer } from "../member/member.ts";
import type { Ink } from "./ink.ts";
import { tellingOf, type News } from "./news.ts";
import { draw, type Piece, type Row, signs, tableOf } from "./table.ts";
import { ago, clockText, tame } from "./wording.ts";

/** News and its time. */
export type Heard = { readonly news: News; readonly at: Date };

export type Scene = {
  readonly name: string;
  readonly address: string;
  /** More about us: `preset serf`, `encrypted`. */
  readonly about: readonly string[];
  /** Milliseconds since the start. */
  readonly upFor: number;
  readonly health: number;
  readonly healthMax: number;
  /** How many claims and broadcasts wait, and how late the last alarm was, in milliseconds. */
  readonly waiting: number;
  readonly late: number;
  readonly rows: readonly Row[];
  /** The newest last. */
  readonly recent: readonly Heard[];
  readonly isLeaving: boolean;
};

export type BoardPage = { readonly columns: number; readonly rows: number; readonly ink: Ink };

/** How many lines are reserved for events; a third of the page if it is small. */
const LEAST_NEWS = 3;

/** The lines of the page: no more than it has, and none wider. */
export function boardOf(scene: Scene, page: BoardPage): readonly string[] {
  const { columns, rows, ink } = page;
  const head = [title(scene, page), standing(scene, page), ""];
  const foot = ink.faint(draw([plain(scene.isLeaving ? " leaving the group; Ctrl-C again quits at once" : " Ctrl-C leaves the group, twice quits at once")], columns));
  // Below the table: an empty line, a heading, the news, and the foot.
  const space = Math.max(2, rows - head.length - 3);
  const table = tableOf(scene.rows, { columns, ink, rows: Math.max(2, space - Math.min(LEAST_NEWS, Math.floor(space / 3), scene.recent.length)) });
  const room = Math.max(0, space - table.length);
  const news = room === 0 ? [] : scene.recent.slice(-room).map((heard) => newsLine(heard, page));
  return [...head, ...table, "", ink.faint(draw([plain(" EVENTS")], columns)), ...news, ...Array.from({ length: room - news.length }, () => ""), foot].slice(0, rows);
}

const plain = (text: string): Piece => ({ text, dye: (same) => same });

function title({ name, address, about, upFor }: Scene, { columns, ink }: BoardPage): string {
  const facts = [tame(address), ...about, `up ${ago(upFor)}`].join(" · ");
  return draw([{ text: " swimlab", dye: ink.title }, plain("  "), { text: tame(name), dye: ink.ours }, plain(`  ${facts}`)], columns);
}

/** The number of members of each status, and our health. */
function standing({ rows, health, healthMax, waiting, late }: Scene, { columns, ink }: BoardPage): string {
  const counts = (["alive", "suspect", "failed", "left"] as const).flatMap((status): Piece[] => {
    const count = rows.filter(({ peer }) => peer.status === status).length;
    const { sign, mood } = signs[status];
    const text = `${sign} ${count} ${status}`;
    return count === 0 && status !== "alive" ? [] : [{ text, dye: ink[mood] }, plain("  ")];
  });
  const mood = health === 0 ? "good" : health <= healthMax / 2 ? "doubt" : "bad";
  const word = health === 0 ? "well" : `${health} of ${healthMax}: we may be slow`;
  return draw([plain(" "), ...counts, plain(" health "), { text: word, dye: ink[mood] }, plain(`   queue ${waiting}${late >= 1_000 ? `, alarm ${ago(late)} late` : ""}`)], columns);
}

/** The line of an event. */
export function newsLine({ news, at }: Heard, { columns, ink }: { readonly columns: number; readonly ink: Ink }): string {
  const { sign, mood, text } = tellingOf(news);
  return draw([plain(" "), { text: clockText(at), dye: ink.faint }, plain("  "), { text: sign, dye: ink[mood] }, plain(` ${text}`)], columns);
}

/** The reason why a member is suspect or failed, which is shown instead of its tags. */
export function remarkOf({ status }: Peer, last: News | undefined): string | undefined {
  if (last?.kind === "suspect" && status === "suspect") return tellingOf(last).text.replace(/^.*? is suspected /, "");
  return last?.kind === "failed" && status === "failed" && last.via !== "unknown" ? tellingOf(last).text.replace(/^.*? failed[:,] /, "") : undefined;
}
