/** Who suspected whom, as a graph in DOT: how often, how often that became a declared death, and whether it was true. */

import type { Change, Instant, MemberId } from "../../engine/index.ts";
import type { Existence } from "./truth.ts";
import { type Teller, type Verdict, Witness } from "./witness.ts";
import { isShown, isWithin, type Window } from "./window.ts";

type Edge = { readonly from: MemberId; readonly to: MemberId; readonly verdict: Verdict; suspected: number; declared: number };

/** The look of each verdict, which never depends on colour alone. */
const looks: Readonly<Record<Verdict, { readonly colour: string; readonly style: string; readonly word: string }>> = {
  right: { colour: "#0067a5", style: "solid", word: "truly gone" },
  false: { colour: "#c2500a", style: "dashed", word: "ran" },
  parted: { colour: "#7a6a00", style: "dotted", word: "ran beyond a fault" },
  unknown: { colour: "#5c666d", style: "solid", word: "nobody knows" },
};

/** Counts suspicions as a run is played; `text` is the graph. */
export class GraphRecorder {
  readonly witness: Witness;
  private readonly window: Window;
  private readonly edges = new Map<string, Edge>();
  private readonly existence = new Map<MemberId, Existence>();

  constructor(window: Window, hasTruth = true) {
    this.window = window;
    const teller: Teller = {
      born: (_, id) => void this.existence.set(id, "running"),
      became: (who, existence) => void this.existence.set(this.witness.nameOf(who), existence),
      announced: (who, change, verdict, at) => this.announced(this.witness.nameOf(who), change, verdict, at),
    };
    this.witness = new Witness(teller, hasTruth);
  }

  /** Counts only a member's own findings: what it heard from others is the others' suspicion. */
  private announced(who: MemberId, change: Change, verdict: Verdict, at: Instant): void {
    const isOwn = (change.kind === "suspected" && change.cause.kind === "probe") || (change.kind === "failed" && change.by === who);
    if (!isOwn || !isWithin(this.window, at) || !(isShown(this.window, who) || isShown(this.window, change.member.id))) return;
    const key = JSON.stringify([who, change.member.id, verdict]);
    const edge = this.edges.get(key) ?? { from: who, to: change.member.id, verdict, suspected: 0, declared: 0 };
    if (change.kind === "suspected") edge.suspected++;
    else edge.declared++;
    this.edges.set(key, edge);
  }

  /** DOT. Members that suspected nobody, and were suspected by nobody, are left out. */
  text(title: string): string {
    const edges = [...this.edges.values()];
    const named = new Set(edges.flatMap(({ from, to }) => [from, to]));
    const members = [...this.existence].filter(([id]) => named.has(id));
    return [
      "digraph suspicions {",
      `  label=${quoted(`${title}: who suspected whom by a probe of its own`)}; labelloc=t; fontname="sans-serif"; rankdir=LR;`,
      '  node [shape=ellipse, fontname="sans-serif"]; edge [fontname="sans-serif", fontsize=10];',
      ...members.map(([id, existence]) => `  ${quoted(id)}${existence === "running" ? "" : ` [label=${quoted(`${id}\\n${existence}`)}, style=filled, fillcolor="#d5d8d6", shape=box]`};`),
      ...edges.map(edgeText),
      "}",
      "",
    ].join("\n");
  }
}

function edgeText({ from, to, verdict, suspected, declared }: Edge): string {
  const { colour, style, word } = looks[verdict];
  const label = `${suspected} suspected${declared === 0 ? "" : `, ${declared} declared dead`}\\n${word}`;
  return `  ${quoted(from)} -> ${quoted(to)} [label=${quoted(label)}, color="${colour}", fontcolor="${colour}", style=${style}, penwidth=${(1 + Math.min(4, Math.sqrt(suspected))).toFixed(2)}];`;
}

/** In DOT only quotes are escaped. A backslash begins an escape (`\n`), so backslashes in names are replaced, and so are control characters. */
const quoted = (text: string): string => `"${text.replaceAll(/\\(?!n)|\p{Cc}/gu, "·").replaceAll('"', '\\"')}"`;
