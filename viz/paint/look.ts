/** The looks of marks: from the words that a scene gives them to colours, widths and dashes of the current theme. */

/** Everything that a painter needs to know. */
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

type Rule = Partial<{ readonly fill: string; readonly stroke: string; readonly width: number; readonly dash: readonly number[]; readonly font: string; readonly opacity: number }>;

/**
 * A rule applies to marks that have all its words; later rules override earlier ones, property by property. `none` removes a colour; a value that is no token of
 * the theme is itself a colour.
 */
const rules: readonly (readonly [words: string, rule: Rule])[] = [
  ["member", { fill: "unknown", stroke: "paper", width: 1 }],
  ["member running", { fill: "alive" }], ["member alive", { fill: "alive" }], ["member suspect", { fill: "suspect" }], ["member dead", { fill: "dead" }],
  ["member left", { fill: "left" }], ["member crashed", { fill: "dead" }], ["member departed", { fill: "left" }], ["member leaving", { fill: "left" }],
  ["member paused", { fill: "paused" }], ["member blocked", { fill: "paused" }], ["member absent", { fill: "none", stroke: "unknown", dash: [2, 2] }],
  ["member unknown", { fill: "none", stroke: "soft", dash: [2, 2] }],
  ["member selected", { stroke: "ink", width: 3 }], ["member observer", { stroke: "accent", width: 4 }],
  ["member-glyph", { fill: "paper", stroke: "paper", width: 1.6 }],
  ["member-label", { fill: "soft", font: "11px" }],
  ["health", { fill: "health", font: "bold 10px" }],
  ["member-label selected", { fill: "ink", font: "bold 11px" }], ["incarnation", { fill: "soft", font: "9px" }], ["chosen", { fill: "none", stroke: "ink", width: 2 }], ["chosen observer", { stroke: "accent", width: 3 }],
  ["wall", { stroke: "fault", width: 4 }], ["wall cut", { dash: [9, 5] }], ["wall one-way", { dash: [9, 5] }], ["wall slow", { width: 5, dash: [2, 5] }], ["wall jam", { dash: [14, 3, 3, 3] }], ["wall clog", { dash: [14, 3, 3, 3] }],
  ["wall ring", { width: 1.5, dash: [2, 4] }], ["passing", { stroke: "accent", width: 2 }], ["bridge", { stroke: "good", width: 2, dash: [7, 3] }], ["reach", { stroke: "good", width: 4 }], ["reach-middle", { fill: "paper", stroke: "good", width: 2 }],
  ["ring-place", { fill: "fault" }], ["ring-name", { fill: "soft", font: "9px" }], ["out-of-reach", { stroke: "fault", width: 2, dash: [1, 4] }], ["wall-name", { fill: "ink", font: "12px" }], ["impaired", { stroke: "fault", width: 1.5, dash: [3, 4] }],
  ["zone-name", { fill: "soft", font: "bold 12px" }], ["count", { fill: "ink", font: "12px" }], ["legend", { fill: "soft", font: "11px" }],
  ["belief dead", { stroke: "dead", width: 3 }], ["belief suspect", { stroke: "suspect", width: 3 }],
  ["suspicion-left", { stroke: "suspect", width: 1.5, dash: [3, 2] }],
  ["message", { fill: "message", stroke: "message", width: 1 }],
  ["message stream", { stroke: "accent", fill: "accent" }],
  ["message gossip", { fill: "gossip", stroke: "gossip" }], ["message tells-suspect", { fill: "suspect", stroke: "suspect" }],
  ["message tells-dead", { fill: "dead", stroke: "dead" }], ["message trail", { opacity: 0.35 }],
  ["message lost", { stroke: "wrong", dash: [4, 3] }], ["message selected", { stroke: "accent", fill: "accent", width: 2.5, opacity: 1 }],
  ["timeline-ground", { fill: "raised" }], ["fault-band", { fill: "fault-band" }], ["fault-band impair", { opacity: 0.55 }], ["fault-band slow", { opacity: 0.55 }], ["fault-band clog", { opacity: 0.7 }], ["fault-band jam", { opacity: 0.85 }], ["fault-name", { fill: "soft", font: "11px" }],
  ["agreement-curve", { stroke: "good", width: 1.6 }], ["load-curve", { fill: "message", opacity: 0.35 }],
  ["disruption", { fill: "ink", stroke: "ink", width: 1 }], ["tick", { stroke: "soft", width: 1 }], ["tick-label", { fill: "soft", font: "11px" }],
  ["part-line", { stroke: "wrong", width: 2, dash: [8, 5] }], ["part-label", { fill: "wrong", font: "bold 14px" }],
  ["difference", { stroke: "wrong", width: 1.5, dash: [3, 3] }], ["difference-label", { fill: "wrong", font: "11px" }], ["agreement-curve beside", { stroke: "accent", dash: [5, 3] }],
  ["lane", { stroke: "rule", width: 1 }], ["lane selected", { stroke: "none", fill: "sunken" }],
  ["lane-belief", { fill: "unknown", opacity: 0.4 }], ["lane-belief suspect", { fill: "suspect", opacity: 0.75 }], ["lane-belief dead", { fill: "dead", opacity: 0.6 }],
  ["lane-belief left", { fill: "left", opacity: 0.6 }], ["lane-outage", { fill: "sunken", stroke: "soft", width: 1 }], ["lane-outage paused", { stroke: "paused" }],
  ["lane-outage blocked", { stroke: "paused" }], ["lane-outage crashed", { stroke: "dead" }], ["lane-glyph", { fill: "ink", stroke: "ink", width: 1.5 }],
  ["announced", { fill: "ink", stroke: "ink", width: 1.2 }], ["announced suspected", { fill: "suspect", stroke: "paper" }], ["announced confirmed", { fill: "paper", stroke: "suspect" }],
  ["announced failed", { stroke: "dead", fill: "dead", width: 1.8 }], ["announced false", { fill: "wrong", stroke: "paper", width: 1 }], ["announced parted", { fill: "paused", stroke: "paper", width: 1 }],
  ["announced cleared", { stroke: "good", width: 1.8 }], ["announced refuted", { fill: "good", stroke: "paper" }], ["announced joined", { fill: "alive", stroke: "paper" }],
  ["note", { fill: "soft", font: "11px" }], ["axis-label selected", { fill: "ink", font: "bold 11px" }],
  ["beliefs held-alive", { fill: "alive", opacity: 0.35 }], ["beliefs held-suspect", { fill: "suspect" }], ["beliefs held-dead", { fill: "dead" }], ["beliefs held-left", { fill: "left" }],
  ["beliefs held-unknown", { fill: "unknown" }], ["beliefs wrong", { fill: "wrong", opacity: 1 }],
  ["all-well", { fill: "alive", opacity: 0.35 }], ["some-down", { fill: "dead" }], ["some-dead", { fill: "dead" }], ["some-suspected", { fill: "suspect" }], ["some-unknown", { fill: "unknown" }],
  ["some-wronged", { fill: "wrong" }], ["some-believed-wrongly", { fill: "wrong" }],
  ["outage-band", { fill: "dead" }], ["broken", { fill: "error", stroke: "ink", width: 1 }], ["overview-window", { fill: "none", stroke: "accent", width: 2 }],
  ["timeline-ground overview", { fill: "sunken" }], ["agreement-curve overview", { width: 1 }],
  ["cursor", { stroke: "accent", width: 2 }], ["cursor overview", { width: 1.5 }],
  ["axis-label", { fill: "soft", font: "11px" }], ["truth running", { fill: "alive" }], ["truth crashed", { fill: "dead" }], ["truth departed", { fill: "left" }],
  ["truth leaving", { fill: "left" }], ["truth paused", { fill: "paused" }], ["truth blocked", { fill: "paused" }], ["truth absent", { fill: "unknown" }],
];

const parsed = rules.map(([words, rule]) => ({ words: words.split(" "), rule }));
const known = new Map<string, Rule>();

function ruleOf(look: string): Rule {
  const before = known.get(look);
  if (before !== undefined) return before;
  const words = new Set(look.split(" "));
  const rule: Rule = Object.assign({}, ...parsed.filter((candidate) => candidate.words.every((word) => words.has(word))).map(({ rule }) => rule));
  known.set(look, rule);
  return rule;
}

/** The style of a look in a theme. */
export function styleOf(look: string, theme: Theme): Style {
  let styles = worn.get(theme);
  if (styles === undefined) worn.set(theme, (styles = new Map()));
  let style = styles.get(look);
  if (style === undefined) styles.set(look, (style = styleIn(look, theme)));
  return style;
}

const worn = new WeakMap<Theme, Map<string, Style>>();

function styleIn(look: string, theme: Theme): Style {
  const { fill, stroke, width = 1, dash = [], font = "12px", opacity = 1 } = ruleOf(look);
  const colour = (name: string | undefined): string | null => (name === undefined || name === "none" ? null : (theme[name] ?? name));
  return { fill: colour(fill), stroke: colour(stroke), width, dash, font, opacity };
}

/** The colours of cells of many messages, by codes of `densityKinds`. */
export const densityColours = ["gossip", "wrong", "suspect", "dead"] as const;

/** The colours of cells, by codes of `statuses`; the last is for absent observers. */
export const cellColours = ["unknown", "alive", "suspect", "dead", "left"] as const;
