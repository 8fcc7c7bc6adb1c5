/** Marks: the elements of scenes. Plain data; only `paint/` knows how to draw them. */

import type { LineNumber, MemberNumber, MessageId } from "../model/run.ts";

/** What a mark stands for when it is pointed at. */
export type Hit =
  | { readonly kind: "member"; readonly who: MemberNumber }
  | { readonly kind: "message"; readonly message: MessageId }
  | { readonly kind: "line"; readonly line: LineNumber; readonly at: number }
  | { readonly kind: "cell"; readonly observer: MemberNumber; readonly subject: MemberNumber }
  | { readonly kind: "instant"; readonly at: number };

/**
 * Words that say what a mark is, never how it looks: `member suspect`, `message ack lost`. `paint/look.ts` turns them into colour, width, dash and
 * pattern for the current theme; it ignores unknown words.
 */
export type Look = string;

type Base = {
  readonly look: Look;
  readonly hit?: Hit;
  /** Its opacity, 0 to 1; by default 1. */
  readonly opacity?: number;
  /** For screen readers and as a tooltip. */
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
  /** A small shape centred on a point: tells things apart besides their colour. */
  | (Base & { readonly kind: "glyph"; readonly x: number; readonly y: number; readonly size: number; readonly glyph: Glyph })
  /** Many points of one look, for large groups: two numbers a point. `hits` are members or messages, as `hitKind` says. `isStill`: the same points will be drawn again. */
  | (Base & { readonly kind: "dots"; readonly points: Float32Array; readonly r: number; readonly hits?: Float64Array; readonly hitKind?: "member" | "message"; readonly isStill?: boolean })
  /** Many lines of one look: four numbers a line; each hit is a message. `head`: the length of an arrowhead at the second end, 0 for none. */
  | (Base & { readonly kind: "lines"; readonly points: Float32Array; readonly hits?: Float64Array; readonly head?: number })
  /**
   * A picture of equal cells, row after row, each a code of `statuses`; `shade` (0 to 255) darkens a cell that is wrong. With `strength` (0 to 255, the opacity of
   * a cell) the codes are those of `densityKinds`. Nothing is drawn outside `clip`.
   */
  | (Base & {
      readonly kind: "cells"; readonly x: number; readonly y: number; readonly width: number; readonly height: number;
      readonly rows: number; readonly columns: number; readonly cells: Uint8Array; readonly shade: Uint8Array | null;
      readonly strength?: Uint8Array; readonly clip?: { readonly x: number; readonly width: number };
    });

export type Glyph = "cross" | "triangle" | "square" | "diamond" | "ring" | "bars" | "door" | "dot" | "star" | "flag";

/** A scene, in painting order: later marks are above earlier ones. */
export type Scene = readonly Mark[];

export type Size = { readonly width: number; readonly height: number };
