/** Paints marks as the text of an SVG: for goldens that a person reads, and for pictures to take along. */
import type { Scene, Size } from "../scene/mark.ts";
import { type Theme } from "./look.ts";
/** A whole document. The looks stand in `class`, so that what a mark means can be read. */
export declare function svgOf(scene: Scene, { width, height }: Size, theme: Theme): string;
