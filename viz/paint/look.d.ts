/** How marks look: from the words that a scene gives them to colours, widths and dashes of the theme in force. */
/** All that a painter needs to know. */
export type Style = {
    readonly fill: string | null;
    readonly stroke: string | null;
    readonly width: number;
    readonly dash: readonly number[];
    readonly font: string;
    readonly opacity: number;
};
/** Colours by their names in `style/tokens.css`, without the dashes. */
export type Theme = Readonly<Record<string, string>>;
/** The style of a look in a theme. */
export declare function styleOf(look: string, theme: Theme): Style;
/** The colours of cells of many messages, by codes of `densityKinds`. */
export declare const densityColours: readonly ["gossip", "wrong", "suspect", "dead"];
/** The colours of cells, by codes of `statuses`; the last is for where nobody is. */
export declare const cellColours: readonly ["unknown", "alive", "suspect", "dead", "left"];
