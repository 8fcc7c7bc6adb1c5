/** A preset with changed fields: every field is checked before anything is opened. */

import { calledHere, configSubjects, presets, type Config, type PresetName } from "../../engine/index.ts";
import { MemberError } from "../error.ts";
import { INCARNATIONS_PER_LIFE } from "./lives.ts";

type Words = { readonly [K in keyof Config as Config[K] extends string ? K : never]: readonly Config[K][] };

/** The possible values of fields that are words. */
const words = {
  streamPing: ["on", "off"],
  stagger: ["random", "none"],
  healthStretches: ["period", "probe"],
  healthPenalty: ["failure", "missing-nacks"],
  suspicion: ["on", "off"],
  buddy: ["off", "own-pings", "every-ping", "every-answer"],
  precedence: ["total", "memberlist", "final"],
  renewal: ["on", "off"],
  dissemination: ["piggyback", "multicast"],
  scale: ["ln", "log10"],
  tellOrder: ["newest", "longest"],
  hearFirst: ["news", "answer"],
  broadcastRelay: ["on", "off"],
  syncScale: ["constant", "log2"],
  correction: ["on", "off"],
  syncWith: ["whole", "difference"],
  strangers: ["adopt", "ignore"],
  versionCheck: ["on", "off"],
  newcomerTells: ["on", "off"],
  forgetWhen: ["due", "pass-ends"],
  roundTrips: ["announced", "silent"],
} as const satisfies Words;

const fields: ReadonlySet<string> = new Set(Object.values(configSubjects).flatMap((subject) => Object.keys(subject)));

/** Fields that must not be 0: without them there are no periods. */
const positive: ReadonlySet<string> = new Set<keyof Config>(["periodEvery", "askRelaysAfter"]);

/** The greatest values: the size of a UDP datagram, and the claims that a compound can count. */
const most: Partial<Record<string, number>> = { datagramBudget: 65_507, claimsLimit: 254 } satisfies Partial<Record<keyof Config, number>>;

export function configOf(preset: PresetName, changes: Partial<Config>, settlesConflicts: boolean): Config {
  if (!Object.hasOwn(presets, preset)) throw bad(`there is no preset ${JSON.stringify(preset)}: choose one of ${Object.keys(presets).join(", ")}`);
  for (const [field, value] of Object.entries(changes)) checkField(field, value);
  // Lives that are numbered by the clock are many and short. But a later life is believed at once, at any address; with `settleConflict` the preset's long lives, an hour apart, are kept, so that the hook is asked.
  const lives = presets[preset].incarnationsPerLife === 0 || settlesConflicts ? {} : { incarnationsPerLife: INCARNATIONS_PER_LIFE };
  const config: Config = { ...presets[preset], ...lives, ...changes };
  if (config.askRelaysAfter >= config.periodEvery) {
    throw bad(`config.askRelaysAfter (${config.askRelaysAfter} µs) must be less than config.periodEvery (${config.periodEvery} µs)`);
  }
  return config;
}

function checkField(field: string, value: unknown): void {
  if (!fields.has(field)) throw bad(`there is no config.${field}${because(calledHere(field))}`);
  const allowed: readonly unknown[] | undefined = Object.hasOwn(words, field) ? words[field as keyof typeof words] : undefined;
  if (allowed !== undefined) {
    if (!allowed.includes(value)) throw bad(`config.${field} is ${JSON.stringify(value)}: it may be ${allowed.map((word) => JSON.stringify(word)).join(" or ")}`);
    return;
  }
  const least = positive.has(field) ? 1 : 0;
  const greatest = most[field] ?? Number.MAX_SAFE_INTEGER;
  const isFine = typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= greatest;
  if (isFine) return;
  const range = greatest === Number.MAX_SAFE_INTEGER ? `of at least ${least} (lengths of time in microseconds)` : `from ${least} to ${greatest}`;
  throw bad(`config.${field} is ${JSON.stringify(value)}: it must be a whole number ${range}`);
}

const because = (reason: string | undefined): string => (reason === undefined ? "" : `: ${reason}`);
const bad = (why: string): MemberError => new MemberError("bad-option", why);
