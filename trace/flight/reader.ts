/** Reads a flight's frames: to readers of a trace, a key-frame and the pieces after it are one chunk. */

import { after, emptyView, find, micros, type State } from "../../engine/index.ts";
import { CHUNK_HEAD } from "../chunk.ts";
import { unpack } from "../pack.ts";
import { type Chunk, type Held, type Line, type Place } from "../schema.ts";
import { isHeld, isLine } from "../shape.ts";
import { wordAt } from "../word.ts";
import { Glass } from "./read.ts";
import { Source, type Texts } from "./source.ts";

/** A frame with the place in its head. */
export type Framed = { readonly place: Place; readonly payload: Uint8Array };

/** The chunk of a key-frame and the pieces after it; undefined if they are malformed. */
export function flightChunk(key: Uint8Array, pieces: readonly Framed[]): Chunk | undefined {
  const texts: Texts = [];
  const glass = new Glass(new Source(key.subarray(CHUNK_HEAD), texts));
  const held = heldIn(glass);
  if (held === undefined) return undefined;
  const lines: Line[] = [];
  let check = 0;
  for (const { place, payload } of pieces) {
    const source = new Source(payload.subarray(CHUNK_HEAD), texts);
    glass.source = source;
    const before = lines.length;
    if (!readLines(glass, place, held, lines)) return undefined;
    check = source.word();
    if (source.isWrong || source.left > 0 || lines.length - before !== place.count) return undefined;
  }
  const isBorn = lines[0]?.kind === "born";
  return { first: pieces[0]?.place.first ?? 0, states: isBorn ? [] : [held], lines, check, proof: "flight" };
}

/** The member of the flight, and its state before the first line. */
function heldIn(glass: Glass): Held | undefined {
  const { source } = glass;
  const unpacked = unpack(source.raw(source.count()));
  if (source.isWrong || !unpacked.ok || !isHeld(unpacked.value)) return undefined;
  const [who, rest] = unpacked.value;
  glass.begin(who, emptyView);
  const view = glass.view();
  glass.begin(who, view);
  const state: State = { ...rest, view, self: find(view, rest.self.id) ?? rest.self };
  return source.isWrong || source.left > 0 ? undefined : [who, state];
}

/** Adds the lines of a piece; false if one is malformed. */
function readLines(glass: Glass, { count, at }: Place, [who, state]: Held, lines: Line[]): boolean {
  const { source } = glass;
  let now = at;
  for (let number = 0; number < count; number++) {
    const word = wordAt(source.byte());
    now = after(now, micros(source.number()));
    if (word === undefined) return false;
    if (word === "born") {
      lines.push({ kind: word, at: now, who, state });
      continue;
    }
    const check = source.byte() | (source.byte() << 8);
    const line: unknown = { kind: "stepped", at: now, who, event: glass.event(word, now), check };
    if (source.isWrong || !isLine(line)) return false;
    lines.push(line);
  }
  return true;
}
