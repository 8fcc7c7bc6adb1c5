/** Marks: what scenes are made of. Plain data; `paint/` alone knows how they come onto a screen. */

import type { LineNumber, MemberNumber, MessageId } from "../model/run.ts";

/** What is meant when a mark is pointed at. */
export type Hit =
  | { readonly kind: "member"; readonly who: MemberNumber }
  | { readonly kind: "message"; readonly message: MessageId }
  | { readonly kind: "line"; readonly line: LineNumber; readonly at: number }
  | { readonly kind: "cell"; readonly observer: MemberNumber; readonly subject: MemberNumber }
  | { readonly kind: "instant"; readonly at: number };

/**
 * Words that say what a mark is, never how it looks: `member suspect`, `message ack lost`. `paint/look.ts` turns them into colour, width, dash and
 * pattern for the theme in force; words that it does not know change nothing.
 */
export type Look = string;

type Base = {
  readonly look: Look;
  readonly hit?: Hit;
  /** How much of it is seen, 0 to 1; 1 unless given. */
  readonly opacity?: number;
  /** For a screen reader and as a tooltip. */
  readonly title?: string;
};

/** Lengths in pixels from the top left; angles in radians from twelve o'clock, clockwise. */
export type Mark =
  | (Base & { readonly kind: "circle"; readonly x: number; readonly y: number; readonly r: number })
  | (Base & { readonly kind: "line"; readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number })
  | (Base & { readonly kind: "arc"; readonly x: number; readonly y: number; readonly r: number; readonly from: number; readonly to: number })
  /** `d` as in SVG. */
  | (Base & { readonly kind: "path"; readonly d: string })
  | (Base & { readonly kind: "rect"; readonly x: number; readonly y: number; readonly width: number; readonly height: number })
  | (Base & { readonly kind: "text"; readonly x: number; readonly y: number; readonly text: string; readonly anchor: "start" | "middle" | "end" })
  /** A little shape centred on a point: what tells things apart beside their colour. */
  | (Base & { readonly kind: "glyph"; readonly x: number; readonly y: number; readonly size: number; readonly glyph: Glyph })
  /** Many points of one look, for large groups: two numbers a point. `hits` are members or messages, as `hitKind` says. `isStill`: the same points come again. */
  | (Base & { readonly kind: "dots"; readonly points: Float32Array; readonly r: number; readonly hits?: Float64Array; readonly hitKind?: "member" | "message"; readonly isStill?: boolean })
  /** Many lines of one look: four numbers a line; each hit is a message. `head` is how long an arrow's head at the second end is, 0 for none. */
  | (Base & { readonly kind: "lines"; readonly points: Float32Array; readonly hits?: Float64Array; readonly head?: number })
  /**
   * A picture of equal cells, row after row, each a code of `statuses`; `shade` (0 to 255) darkens a cell that is wrong. With `strength` (0 to 255, how much of
   * a cell is seen) the codes are those of `densityKinds`. Nothing is seen beside `clip`.
   */
  | (Base & {
      readonly kind: "cells"; readonly x: number; readonly y: number; readonly width: number; readonly height: number;
      readonly rows: number; readonly columns: number; readonly cells: Uint8Array; readonly shade: Uint8Array | null;
      readonly strength?: Uint8Array; readonly clip?: { readonly x: number; readonly width: number };
    });

export type Glyph = "cross" | "triangle" | "square" | "diamond" | "ring" | "bars" | "door" | "dot" | "star" | "flag";

/** A scene, in the order in which it is painted: later marks lie above earlier ones. */
export type Scene = readonly Mark[];

export type Size = { readonly width: number; readonly height: number };
