/** The table of members, as lines of text no wider than the page. */

import type { Peer } from "../member/member.ts";
import { areTags } from "../member/peers.ts";
import type { Dye, Ink, Mood } from "./ink.ts";
import { ago, clip, columnsOf, pad, padLeft, payloadText, tagsText, tame } from "./wording.ts";

/**
 * A member, and since when it is what it is: milliseconds that this has lasted. `distance` is the estimated round-trip time to it in microseconds, where one is known; `remark` is what
 * is to be said of it besides its tags.
 */
export type Row = { readonly peer: Peer; readonly lasted: number; readonly isUs: boolean; readonly distance?: number; readonly remark?: string };

export type TablePage = { readonly columns: number; readonly rows: number; readonly ink: Ink };

type Status = Peer["status"];

/** Each status has a sign as well as a colour, because not everybody sees colours. */
export const signs: Readonly<Record<Status, { readonly sign: string; readonly mood: Mood }>> = {
  alive: { sign: "●", mood: "good" },
  suspect: { sign: "◐", mood: "doubt" },
  failed: { sign: "✗", mood: "bad" },
  left: { sign: "○", mood: "faint" },
};

type Column = { readonly head: string; readonly most: number; readonly isRight: boolean; readonly of: (row: Row) => string; readonly mood: (row: Row) => Mood | null };

const usual: readonly Column[] = [
  { head: "MEMBER", most: 32, isRight: false, of: ({ peer, isUs }) => `${isUs ? "▸" : " "} ${tame(peer.name)}`, mood: ({ isUs }) => (isUs ? "ours" : null) },
  { head: "ADDRESS", most: 47, isRight: false, of: ({ peer }) => tame(peer.address), mood: () => null },
  { head: "STATUS", most: 9, isRight: false, of: ({ peer }) => `${signs[peer.status].sign} ${peer.status}`, mood: ({ peer }) => signs[peer.status].mood },
  { head: "FOR", most: 7, isRight: true, of: ({ lasted }) => ago(lasted), mood: () => null },
  { head: "INCARNATION", most: 20, isRight: true, of: ({ peer }) => String(peer.incarnation), mood: () => "faint" },
];

const roundTrip: Column = {
  head: "RTT", most: 9, isRight: true, of: ({ distance, peer }) => (distance === undefined || !isPresent(peer) ? "" : `${Number((distance / 1_000).toPrecision(2))} ms`), mood: () => "faint",
};

const isPresent = ({ status }: Peer): boolean => status === "alive" || status === "suspect";

/** Without network coordinates no column is kept for them. */
const columnsFor = (rows: readonly Row[]): readonly Column[] => (rows.some(({ distance }) => distance !== undefined) ? [...usual, roundTrip] : usual);

const LAST = "TAGS";
const GAP = 2;

/** The head, the rows, and a line that says how many rows do not fit. At least two lines. */
export function tableOf(rows: readonly Row[], page: TablePage): readonly string[] {
  const columns = columnsFor(rows);
  const room = Math.max(1, page.rows - 1);
  const shown = rows.length <= room ? rows : worstFirst(rows).slice(0, Math.max(1, room - 1));
  const widths = columns.map(({ head, most, of }) => Math.min(most, Math.max(columnsOf(head) + (head === "MEMBER" ? 2 : 0), ...shown.map((row) => columnsOf(of(row))))));
  const rest = Math.max(0, page.columns - widths.reduce((sum, width) => sum + GAP + width, 0) - 1);
  const head = columns.map((column, i) => cell(column.head === "MEMBER" ? "  MEMBER" : column.head, widths[i] ?? 0, column.isRight));
  const lines = [page.ink.faint(cut(` ${head.join(" ".repeat(GAP))}${" ".repeat(GAP)}${LAST}`, page.columns)), ...shown.map((row) => line(row, columns, widths, rest, page))];
  return shown.length === rows.length ? lines : [...lines, page.ink.faint(cut(`   … and ${rows.length - shown.length} more`, page.columns))];
}

function line(row: Row, columns: readonly Column[], widths: readonly number[], rest: number, { columns: width, ink }: TablePage): string {
  const pieces: Piece[] = [{ text: " ", dye: plain }];
  columns.forEach((column, i) => {
    const mood = column.mood(row);
    pieces.push({ text: cell(column.of(row), widths[i] ?? 0, column.isRight), dye: mood === null ? plain : ink[mood] }, { text: " ".repeat(GAP), dye: plain });
  });
  if (row.remark !== undefined) pieces.push({ text: clip(row.remark, rest), dye: ink[signs[row.peer.status].mood] });
  else pieces.push({ text: clip(saidOf(row.peer), rest), dye: plain });
  return draw(pieces, width);
}

/** What the member publishes about itself. */
function saidOf({ tags, meta }: Peer): string {
  return meta.length > 0 && !areTags(meta) ? payloadText(meta) : tagsText(tags);
}

export type Piece = { readonly text: string; readonly dye: Dye };

const plain: Dye = (text) => text;

/** Joins pieces to a line, cut at the page's edge, and colours them. */
export function draw(pieces: readonly Piece[], width: number): string {
  let [left, drawn] = [width, ""];
  const last = pieces.findLastIndex(({ text }) => text.trim() !== "");
  for (const { text, dye } of pieces.slice(0, last + 1)) {
    const kept = clip(text, left);
    left -= columnsOf(kept);
    drawn += dye(kept);
    if (left <= 0) break;
  }
  return drawn.trimEnd();
}

const cut = (text: string, width: number): string => clip(text.trimEnd(), width);
const cell = (text: string, width: number, isRight: boolean): string => (isRight ? padLeft : pad)(clip(text, width), width);

const gravity: Readonly<Record<Status, number>> = { suspect: 0, failed: 1, alive: 2, left: 3 };

/** Ourselves first, then members in trouble: these rows must not be cut off. */
const worstFirst = (rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((one, other) => Number(other.isUs) - Number(one.isUs) || gravity[one.peer.status] - gravity[other.peer.status]);
