/** Glyphs as paths, one unit wide to each side of their middle: what tells statuses apart where colour does not. */
import type { Glyph } from "../scene/mark.ts";
/** As in SVG's `d`, to be moved and scaled. */
export declare const shapeOf: (glyph: Glyph) => string;
/** Glyphs made of open lines are not filled. */
export declare const isOpen: (glyph: Glyph) => boolean;
