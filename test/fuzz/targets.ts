/** Every reader of what others write: a corpus of real inputs, and one attempt that throws if the reader does, or breaks its promise. */

import { readdirSync, readFileSync } from "node:fs";
import { decode, decodeStream, encode, instant, stripLabel } from "../../engine/index.ts";
import { readCapture } from "../../adapter/capture/index.ts";
import { readSmallWorld } from "../../sim/explore/read.ts";
import { compileScenario } from "../../sim/scenario/index.ts";
import { openTrace, replay, storyText } from "../../trace/index.ts";
import { captures, raw } from "../engine/wire/captures.ts";
import { SOMEWHERE } from "../engine/wire/arbitrary.ts";
import { recorded } from "../trace/recording.ts";
import { eventful } from "../trace/scenarios.ts";
import { misspelt, spoilt, type FuzzDice } from "./mutate.ts";

export type Target = {
  readonly name: string;
  /** One attempt. Answers with what was tried, and whether the reader made sense of it; throws what the reader throws. */
  readonly attempt: (dice: FuzzDice) => { readonly isUnderstood: boolean };
};

/** What broke a reader, as it can be pasted into a test. */
export class Broken extends Error {
  override readonly name = "Broken";

  constructor(target: string, input: string, cause: unknown) {
    super(`${target} broke at ${input}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

const ofBytes = (name: string, corpus: readonly Uint8Array[], read: (bytes: Uint8Array) => boolean): Target => ({
  name,
  attempt(dice) {
    const bytes = spoilt(dice.oneOf(corpus), corpus, dice);
    try {
      return { isUnderstood: read(bytes) };
    } catch (fault) {
      throw new Broken(name, Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""), fault);
    }
  },
});

const ofText = (name: string, corpus: readonly string[], read: (text: string) => boolean): Target => ({
  name,
  attempt(dice) {
    const text = misspelt(dice.oneOf(corpus), corpus, dice);
    try {
      return { isUnderstood: read(text) };
    } catch (fault) {
      throw new Broken(name, JSON.stringify(text), fault);
    }
  },
});

const filesIn = (folder: string): readonly string[] => {
  const url = new URL(`../../${folder}/`, import.meta.url);
  return readdirSync(url).filter((name) => name.endsWith(".yaml")).map((name) => readFileSync(new URL(name, url), "utf8"));
};

const packets = captures.map(({ hex }) => raw(hex));
const traces = [recorded(eventful(4, 6), { lines: 60, linesPerMember: 0 }), recorded(eventful(3, 4))];

/** How much a compressed stream may become, here. */
const EXPANSION = 20_000;

/** The beginnings of captures: a few dozen packets each. */
const captured = ["serf", "serf-encrypted"].map((name) => new Uint8Array(readFileSync(new URL(`../adapter/capture/${name}.pcap`, import.meta.url))).subarray(0, 6_000));

const means = (condition: boolean, promise: string): void => {
  if (!condition) throw new Error(promise);
};

export const targets: readonly Target[] = [
  ofBytes("datagrams", packets, (bytes) => {
    const read = decode(bytes, SOMEWHERE);
    means(!read.ok || decode(encode(read.message), SOMEWHERE).ok, "what was understood can be said again");
    means(read.ok || read.why !== "", "what was refused was refused for a reason");
    return read.ok;
  }),
  ofBytes("streams", packets, (bytes) => {
    const read = decodeStream(bytes, SOMEWHERE, EXPANSION);
    means(!read.ok || decodeStream(encode(read.message), SOMEWHERE).ok, "what was understood can be said again");
    return read.ok;
  }),
  ofBytes("labels", packets, (bytes) => stripLabel(bytes).ok),
  ofBytes("traces", traces, (bytes) => {
    const opened = openTrace(bytes);
    means(opened.ok || opened.why !== "", "what was refused was refused for a reason");
    if (!opened.ok) return false;
    storyText(opened.trace, {});
    replay(opened.trace, { at: instant(2_000_000) });
    return opened.trace.missing === null;
  }),
  ofBytes("captures", captured, (bytes) => {
    const read = readCapture([() => [bytes]], { keys: [], label: undefined, ports: [] });
    means(read.ok || read.why !== "", "what was refused was refused for a reason");
    if (read.ok) read.capture.tell({});
    return read.ok;
  }),
  ofText("scenarios", [...filesIn("scenarios"), ...filesIn("scenarios/beyond")], (text) => {
    const compiled = compileScenario(text, { file: "fuzz.yaml" });
    means(compiled.ok || (compiled.errors.length > 0 && compiled.errors.length <= 10), "what is wrong is said, and not too much of it");
    means(!compiled.ok || compileScenario(compiled.source, { file: "fuzz.yaml" }).ok, "the source of a scenario is one");
    return compiled.ok;
  }),
  ofText("small worlds", filesIn("worlds"), (text) => {
    const read = readSmallWorld(text, "fuzz");
    means(read.ok || (read.errors.length > 0 && read.errors.length <= 10), "what is wrong is said, and not too much of it");
    return read.ok;
  }),
];
