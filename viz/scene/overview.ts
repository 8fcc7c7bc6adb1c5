/** A very large group: members in cells by zone, each cell in the colour of its worst member, and counts for every zone as text. */

import type { GroupPicture } from "../model/picture.ts";
import type { MemberFacts } from "../model/run.ts";
import { codeIn, existences, statuses } from "../model/words.ts";
import { countLine, faultLines, headingMarks } from "./heading.ts";
import { round } from "./layout.ts";
import type { Mark, Size } from "./mark.ts";
import type { SceneUi } from "./ui.ts";

/** More members than this are shown as an overview: dots would be smaller than a pixel. */
export const OVERVIEW = 20_000;

/** A cell's side in pixels, the room above a zone for its name and above all of them; with more zones than this, they are not named one by one. */
const [CELL, TITLE, TOP, ZONES] = [5, 17, 26, 24];
/** The most faults that are named. */
const FAULTS = 2;

type Block = { readonly name: string; readonly members: number; readonly firstRow: number; readonly rows: number };
type Grid = { readonly key: string; readonly columns: number; readonly rows: number; readonly cellOf: Uint32Array; readonly blockOf: Uint16Array; readonly blocks: readonly Block[]; readonly binned: number };

const [RUNNING, UNKNOWN, ALIVE, SUSPECT, DEAD] = [codeIn(existences, "running"), codeIn(statuses, "unknown"), codeIn(statuses, "alive"), codeIn(statuses, "suspect"), codeIn(statuses, "dead")];
/** No member is in this cell. */
const NOBODY = 255;

/** The same picture has the same marks: nothing is counted again until a new picture arrives. */
export function overviewMarks(group: GroupPicture, members: readonly MemberFacts[], size: Size, ui: SceneUi): readonly Mark[] {
  const key = `${size.width} ${size.height} ${ui.selected.member} ${ui.observer}`;
  const before = drawn.get(group);
  if (before?.key === key) return before.marks;
  const marks = marksOf(group, members, size, ui);
  drawn.set(group, { key, marks });
  return marks;
}

const drawn = new WeakMap<GroupPicture, { readonly key: string; readonly marks: readonly Mark[] }>();

function marksOf(group: GroupPicture, members: readonly MemberFacts[], size: Size, ui: SceneUi): readonly Mark[] {
  const grid = gridOf(members, size);
  const { cells, wrong, counts } = binned(group, grid, ui.observer !== null);
  const width = grid.columns * CELL;
  const looks = looksIn(cells, wrong, ui.observer !== null);
  return [
    ...headingMarks([countLine(group), ...faultLines(group.faults, FAULTS)]),
    ...grid.blocks.flatMap((block, number): Mark[] => {
      const y = topOf(grid, number) + (group.faults.length > 0 ? 15 * Math.min(FAULTS, group.faults.length) : 0);
      const [from, to] = [block.firstRow * grid.columns, (block.firstRow + block.rows) * grid.columns];
      return [
        { kind: "text", look: "zone-name", x: 10, y: y - 4, text: sentenceOf(block, counts, number, grid.binned), anchor: "start" },
        { kind: "cells", look: looks, x: 10, y, width, height: block.rows * CELL, rows: block.rows, columns: grid.columns, cells: cells.subarray(from, to), shade: wrong.subarray(from, to) },
        ...chosenMarks(grid, number, block, y, ui),
      ];
    }),
  ];
}

const topOf = ({ blocks }: Grid, number: number): number => TOP + (number + 1) * TITLE + (blocks[number]?.firstRow ?? 0) * CELL;

const words = (number: number): string => number.toLocaleString("en");

/** `eu: 33,334 members; 12 do not run; 4 suspected by some; 1 held dead that runs`. */
function sentenceOf({ name, members }: Block, counts: Counts, number: number, perCell: number): string {
  const parts = [
    `${name === "" ? "" : `${name}: `}${words(members)} members, ${perCell === 1 ? "one" : words(perCell)} per cell`,
    ...([["do not run", counts.down], ["suspected by some", counts.suspected], ["running but held dead by some", counts.wronged]] as const)
      .flatMap(([what, column]) => (column[number]! > 0 ? [`${words(column[number]!)} ${what}`] : [])),
  ];
  return parts.join("; ");
}

/** Cells as square as possible, zone after zone, each on its own rows. The same members and size give the same grid. */
function gridOf(members: readonly MemberFacts[], { width, height }: Size): Grid {
  const key = `${width} ${height}`;
  const before = known.get(members);
  if (before?.key === key) return before;
  const order = zonesIn(members);
  const columns = Math.max(8, Math.floor((width - 20) / CELL));
  const rowsLeft = Math.max(order.length, Math.floor((height - TOP - 30 - order.length * TITLE) / CELL));
  let perCell = Math.max(1, Math.ceil(members.length / (columns * rowsLeft)));
  const rowsFor = (): number => order.reduce((sum, { all }) => sum + Math.ceil(all.length / perCell / columns), 0);
  while (rowsFor() > rowsLeft && perCell < members.length) perCell++;
  const [cellOf, blockOf] = [new Uint32Array(members.length), new Uint16Array(members.length)];
  const blocks: Block[] = [];
  let row = 0;
  for (const { name, all } of order) {
    all.forEach((who, place) => {
      cellOf[who] = row * columns + Math.floor(place / perCell);
      blockOf[who] = blocks.length;
    });
    const rows = Math.ceil(all.length / perCell / columns);
    blocks.push({ name, members: all.length, firstRow: row, rows });
    row += rows;
  }
  const grid: Grid = { key, columns, rows: row, cellOf, blockOf, blocks, binned: perCell };
  known.set(members, grid);
  return grid;
}

const known = new WeakMap<readonly MemberFacts[], Grid>();

/** Members by zone, in the order of the zones' names; all together if there are no zones, or too many to name. */
function zonesIn(members: readonly MemberFacts[]): readonly { readonly name: string; readonly all: readonly number[] }[] {
  const zones = new Map<string, number[]>();
  members.forEach(({ zone }, who) => {
    const all = zones.get(zone ?? "");
    if (all === undefined) zones.set(zone ?? "", [who]);
    else all.push(who);
  });
  const named = Array.from(zones, ([name, all]) => ({ name, all })).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return named.length <= ZONES ? named : [{ name: `${named.length} zones`, all: named.flatMap(({ all }) => all) }];
}

/** By zone: how many members do not run, how many are suspected by some, and how many run although some hold them dead. */
type Counts = { readonly down: Uint32Array; readonly suspected: Uint32Array; readonly wronged: Uint32Array };

/** The worst status in each cell. A wrong belief is worse than a death: such cells stand out. */
function binned(group: GroupPicture, { columns, rows, cellOf, blockOf, blocks }: Grid, isObserved: boolean): { readonly cells: Uint8Array; readonly wrong: Uint8Array; readonly counts: Counts } {
  const { count, existence, suspectedBy, buriedBy, status } = group;
  const [cells, wrong] = [new Uint8Array(columns * rows).fill(NOBODY), new Uint8Array(columns * rows)];
  const [down, suspected, wronged] = [new Uint32Array(blocks.length), new Uint32Array(blocks.length), new Uint32Array(blocks.length)];
  for (let who = 0; who < count; who++) {
    const [cell, block, runs] = [cellOf[who]!, blockOf[who]!, existence[who] === RUNNING];
    const isWronged = runs && buriedBy[who]! > 0;
    if (!runs) down[block]!++;
    if (suspectedBy[who]! > 0) suspected[block]!++;
    if (isWronged) wronged[block]!++;
    const code = isObserved ? status[who]! : !runs ? DEAD : suspectedBy[who]! > 0 ? SUSPECT : ALIVE;
    if (isObserved ? (code === ALIVE || code === SUSPECT) !== runs : isWronged) wrong[cell] = 1;
    if (cells[cell] === NOBODY || badness[code]! > badness[cells[cell]!]!) cells[cell] = code;
  }
  // The painter's colour for wrong beliefs applies to cells that are held alive.
  for (let cell = 0; cell < cells.length; cell++) if (wrong[cell] === 1) cells[cell] = ALIVE;
  return { cells, wrong, counts: { down, suspected, wronged } };
}

/** By codes of `statuses`. */
const badness: readonly number[] = [1, 0, 2, 3, 3];

/** The looks for the legend. */
function looksIn(cells: Uint8Array, wrong: Uint8Array, isObserved: boolean): string {
  const found = new Uint8Array(256);
  let isWrong = false;
  for (let cell = 0; cell < cells.length; cell++) {
    if (wrong[cell] === 1) isWrong = true;
    else found[cells[cell]!] = 1;
  }
  const named = [[ALIVE, "all-well"], [SUSPECT, "some-suspected"], [DEAD, isObserved ? "some-dead" : "some-down"], [UNKNOWN, "some-unknown"]] as const;
  return ["overview", ...named.flatMap(([code, word]) => (found[code] === 1 ? [word] : [])), ...(isWrong ? [isObserved ? "some-believed-wrongly" : "some-wronged"] : [])].join(" ");
}

/** Where the selected member and the observer are. */
function chosenMarks({ cellOf, blockOf, columns }: Grid, number: number, { firstRow }: Block, y: number, { selected, observer, facts }: SceneUi): readonly Mark[] {
  return [selected.member, observer].flatMap((who): Mark[] => {
    if (who === null || blockOf[who] !== number) return [];
    const cell = cellOf[who]! - firstRow * columns;
    const [left, top] = [10 + (cell % columns) * CELL, y + Math.floor(cell / columns) * CELL];
    const hit = { kind: "member", who } as const;
    return [
      { kind: "circle", look: `chosen${who === observer ? " observer" : ""}`, x: left + CELL / 2, y: round(top + CELL / 2), r: 8, hit },
      { kind: "text", look: "member-label selected", x: left + 12, y: top - 6, text: facts.members[who]?.id ?? "", anchor: "start", hit },
    ];
  });
}
