/** Checks the options of `createMember`, and turns them into what a member starts from. Opens nothing. */

import {
  ACK_PAYLOAD_LENGTH, bytes, charactersOf, memberId, metaOf, micros, serfDefaults, viewOf, withinCidrs,
  type Birth, type Bytes, type Config, type Member, type MemberId, type SerfConfig, type Versions, type View,
} from "../../engine/index.ts";
import type { Codec } from "../codec/codec.ts";
import { keyringOf, type Keyring } from "../codec/keyring.ts";
import { memberlistCodec } from "../codec/memberlist.ts";
import type { Clock } from "../driver/clock.ts";
import { MemberError } from "../error.ts";
import { usualLimits } from "../exchange/exchanges.ts";
import { checkedAddress } from "../transport/resolve.ts";
import { configOf } from "./config.ts";
import { checkFits } from "./fits.ts";
import { LAST_GENERATION, lifeAt, lifeOfGeneration } from "./lives.ts";
import type { ApplicationVersions, Hooks, MemberOptions } from "./options.ts";
import { ruledBy, type Ruled } from "./queries.ts";

export type Settings = {
  readonly birth: Omit<Birth, "now" | "address">;
  readonly codec: Codec;
  readonly keyring: Keyring | undefined;
  readonly ruled: Ruled;
  /** The most bytes of a message on a stream, without the codec's overhead: peers are assumed to accept as much as we do. */
  readonly streamRoom: number;
  readonly serf: SerfConfig | null;
};

/** Throws a `MemberError`, `bad-option` or `too-long`, that says what is wrong in one sentence. */
export function settingsOf(options: MemberOptions, clock: Clock): Settings {
  checkShapes(options);
  const isSerf = options.serf ?? options.preset === "serf";
  const id = nameOf(options.name, isSerf);
  checkTogether(options, isSerf);
  if (options.allow !== undefined) checkRanges(options.allow);
  if (Array.isArray(options.seeds) && (options.transport === undefined || options.transport.resolve !== undefined)) for (const seed of options.seeds) checkedAddress(seed);
  const keyring = options.keys === undefined ? undefined : keyringOf(options.keys);
  const codec = options.codec ?? memberlistCodec(dialectOf(options, keyring));
  const { preset = "swimlab", config: changes = {}, hooks = {} } = options;
  const plain = withHooks(underSerf(configOf(preset, changes, hooks.settleConflict !== undefined), changes, isSerf), changes, hooks, codec);
  const isLocated = isSerf && hooks.ackPayload === undefined && changes.roundTrips !== "silent" && plain.metaLimit >= ACK_PAYLOAD_LENGTH;
  const config: Config = isLocated ? { ...plain, roundTrips: "announced" } : plain;
  const meta = metaOfOptions(options, config, isSerf);
  const versions = isSerf ? serfVersions : versionsOf(options.versions);
  checkFits({ id, meta, versions }, config);
  const generation = lifeOf(options.generation, clock, config);
  const birth = { config, id, seed: checkedSeed(options.seed), meta, versions, generation, ...checkedIncarnation(options.incarnation), ...viewOfKnown(options.knows) };
  const streamRoom = (options.streams?.longest ?? usualLimits.longest) - (codec.streamOverhead ?? 0);
  return { birth, codec, keyring, streamRoom, ruled: ruledBy(keyring, options.verifyIncoming), serf: isSerf ? serfConfig(isLocated) : null };
}

/** The configuration of a Serf agent; without network coordinates if acks carry something else, or round-trip times are not wanted. */
const serfConfig = (isLocated: boolean): SerfConfig => (isLocated ? serfDefaults : { ...serfDefaults, coordinateEvery: micros(0) });

/** A Serf agent's versions: memberlist's protocol, and Serf's own. */
const serfVersions: Versions = [1, 5, 2, 2, 5, 5];

/** memberlist's versions, and the application's own. */
function versionsOf({ least, greatest, spoken }: ApplicationVersions = { least: 0, greatest: 0, spoken: 0 }): Versions {
  const areBytes = [least, greatest, spoken].every((version) => Number.isInteger(version) && version >= 0 && version <= 255);
  if (!areBytes || least > spoken || spoken > greatest) throw bad("versions must be whole numbers from 0 to 255, `least` no greater than `spoken`, and that no greater than `greatest`");
  return [1, 5, 2, least, greatest, spoken];
}

const optionNames = {
  name: 1, bind: 1, advertise: 1, preset: 1, config: 1, tags: 1, meta: 1, versions: 1, seeds: 1, keys: 1, verifyIncoming: 1, verifyOutgoing: 1, label: 1, compress: 1, serf: 1, streams: 1, allow: 1,
  hooks: 1, recorder: 1, transport: 1, codec: 1, clock: 1, seed: 1, generation: 1, incarnation: 1, knows: 1, signal: 1,
} as const satisfies Record<keyof MemberOptions, 1>;

const hookNames = {
  admit: 1, admitMerge: 1, settleConflict: 1, ackPayload: 1, localState: 1, mergeState: 1, roundTrip: 1,
} as const satisfies Record<keyof Hooks, 1>;

/** The types of options, as far as JavaScript can check them. Options that are missing here are checked elsewhere. */
const shapes: Partial<Record<keyof MemberOptions, readonly [what: string, is: (value: unknown) => boolean]>> = {
  bind: ["a text", (value) => typeof value === "string"],
  advertise: ["a text", (value) => typeof value === "string"],
  config: ["an object", isObject],
  tags: ["an object: texts by key", isRecord],
  meta: ["a Uint8Array", (value) => value instanceof Uint8Array],
  versions: ["an object", isObject],
  verifyIncoming: ["true or false", isYesNo],
  verifyOutgoing: ["true or false", isYesNo],
  compress: ["true or false", isYesNo],
  serf: ["true or false", isYesNo],
  transport: ["a transport: an object with `open`, `send`, `connect` and `close`", hasFunctions("open", "send", "connect", "close")],
  codec: ["a codec: an object with `encode`, `decode`, `encodeStream` and `decodeStream`", hasFunctions("encode", "decode", "encodeStream", "decodeStream")],
  clock: ["a clock: an object with `now` and `alarm`", hasFunctions("now", "alarm")],
  recorder: ["a recorder: an object with `born`, `stepped` or `close`", (value) => ["born", "stepped", "close"].some((name) => hasFunctions(name)(value))],
  seeds: ["a list of texts, or a function that finds them", (value) => isTexts(value) || typeof value === "function"],
  knows: ["a list", Array.isArray],
  keys: ["a list", Array.isArray],
  label: ["a text", (value) => typeof value === "string"],
  streams: ["limits: whole numbers from 1 up, by the names `deadline`, `longest` and `most`", areLimits],
  allow: ["a list of texts", isTexts],
  hooks: ["an object", isObject],
  signal: ["an AbortSignal", (value) => value instanceof AbortSignal],
};

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function isRecord(value: unknown): boolean {
  return isObject(value) && !Array.isArray(value);
}

function isYesNo(value: unknown): boolean {
  return typeof value === "boolean";
}

function hasFunctions(...names: readonly string[]): (value: unknown) => boolean {
  return (value) => isObject(value) && names.every((name) => typeof Reflect.get(value as object, name) === "function");
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}

const limitNames: readonly string[] = Object.keys(usualLimits);

function areLimits(value: unknown): boolean {
  return isObject(value) && Object.entries(value as object).every(([name, limit]) => limitNames.includes(name) && Number.isSafeInteger(limit) && limit > 0);
}

function checkShapes(options: MemberOptions): void {
  if (!isObject(options)) throw bad("a member is created with options: at least a name");
  for (const name of Object.keys(options)) if (!Object.hasOwn(optionNames, name)) throw bad(`there is no option ${JSON.stringify(name)}`);
  for (const [name, value] of Object.entries(options)) {
    const [what, is] = shapes[name as keyof MemberOptions] ?? ["", () => true];
    if (value !== undefined && !is(value)) throw bad(`${name} must be ${what}`);
  }
  for (const [name, hook] of Object.entries(options.hooks ?? {})) {
    if (!Object.hasOwn(hookNames, name)) throw bad(`there is no hook ${JSON.stringify(name)}`);
    if (hook !== undefined && typeof hook !== "function") throw bad(`hooks.${name} is not a function`);
  }
}

/** The names that a Serf agent accepts. */
const SERF_NAME = /^[A-Za-z0-9.-]{1,128}$/;

function nameOf(name: unknown, isSerf: boolean): MemberId {
  if (typeof name !== "string" || name === "") throw bad("a member needs a name: a string that is not empty");
  if (/\p{Surrogate}/u.test(name)) throw bad("the name is not valid Unicode: it contains half of a surrogate pair");
  if (isSerf && !SERF_NAME.test(name)) throw bad(`Serf would refuse the name ${JSON.stringify(name)}: use at most 128 letters, digits, "-" and "."`);
  return memberId(name);
}

/** Refuses options that cannot be combined. */
function checkTogether(options: MemberOptions, isSerf: boolean): void {
  const both = (one: keyof MemberOptions, other: keyof MemberOptions, why: string): void => {
    if (options[one] !== undefined && options[other] !== undefined) throw bad(`${one} and ${other} can't be combined: ${why}`);
  };
  both("tags", "meta", "tags are the meta");
  for (const name of ["keys", "verifyIncoming", "verifyOutgoing", "label", "compress"] as const) both("codec", name, "only memberlist's wire format has it");
  for (const name of ["bind", "advertise"] as const) both("transport", name, "the transport knows where it listens");
  if (isSerf && options.versions !== undefined) throw bad("versions and Serf's layer can't be combined: Serf's own are spoken");
  if (isSerf && options.hooks?.localState !== undefined) throw bad("hooks.localState and Serf's layer can't be combined: exchanges of views carry Serf's own state");
}

function checkRanges(allow: readonly string[]): void {
  try {
    withinCidrs(allow);
  } catch (error) {
    throw new MemberError("bad-option", `allow: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

type Dialect = NonNullable<Parameters<typeof memberlistCodec>[0]>;

function dialectOf({ verifyIncoming, verifyOutgoing, label, compress, streams }: MemberOptions, keyring: Keyring | undefined): Dialect {
  return {
    ...(keyring !== undefined && { keyring }),
    ...(verifyIncoming !== undefined && { verifyIncoming }),
    ...(verifyOutgoing !== undefined && { verifyOutgoing }),
    ...(label !== undefined && { label }),
    ...(compress !== undefined && { compress }),
    ...(streams?.longest !== undefined && { longest: streams.longest }),
  };
}

/** Serf's layer relays broadcasts itself, and attaches its state to whole views: the engine's configuration must allow for both. */
function underSerf(config: Config, changes: Partial<Config>, isSerf: boolean): Config {
  if (!isSerf) return config;
  for (const [field, needed] of Object.entries(serfNeeds)) {
    const asked = changes[field as keyof typeof serfNeeds] ?? needed;
    if (asked !== needed) throw bad(`config.${field} must be ${JSON.stringify(needed)} under Serf's layer`);
  }
  return { ...config, ...serfNeeds };
}

const serfNeeds = { broadcastRelay: "off", syncWith: "whole" } as const satisfies Partial<Config>;

/**
 * Adapts the configuration to codec and hooks: reserves the codec's overhead in each datagram; announces round-trip times if there is a hook for them; and exchanges whole
 * views if applications exchange a user state, because differences carry none (unless the caller's config says otherwise).
 */
function withHooks(config: Config, { syncWith }: Partial<Config>, { roundTrip, localState, mergeState }: Hooks, { overhead }: Codec): Config {
  const isStateful = localState !== undefined || mergeState !== undefined;
  return {
    ...config,
    datagramBudget: config.datagramBudget - overhead,
    roundTrips: roundTrip === undefined ? config.roundTrips : "announced",
    syncWith: syncWith ?? (isStateful ? "whole" : config.syncWith),
  };
}

function metaOfOptions({ meta, tags }: MemberOptions, { metaLimit }: Config, isSerf: boolean): Bytes {
  const given = meta === undefined ? metaOfTags(tags ?? {}, isSerf) : charactersOf(meta);
  if (given.length > metaLimit) throw new MemberError("too-long", `${meta === undefined ? "the tags take" : "the meta takes"} ${given.length} bytes: at most ${metaLimit} are allowed`);
  return given;
}

/** Tags as a meta. No tags are an empty meta; but under Serf's layer they are encoded, because an agent takes an empty meta for a tag `role` without a value. */
export function metaOfTags(tags: Readonly<Record<string, string>>, isSerf: boolean): Bytes {
  if (!isRecord(tags)) throw bad("tags must be an object: texts by key");
  const entries = Object.entries(tags);
  for (const [key, value] of entries) if (typeof value !== "string") throw bad(`the tag ${JSON.stringify(key)} is not a string`);
  return entries.length === 0 && !isSerf ? bytes("") : metaOf(entries);
}

/** The greatest seed: the greatest exact integer. */
const LAST_SEED = Number.MAX_SAFE_INTEGER;

function checkedSeed(seed: number | undefined): number {
  if (seed === undefined) {
    const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
    return (high & 0x1f_ffff) * 4_294_967_296 + low;
  }
  if (!Number.isSafeInteger(seed) || seed < 0) throw bad(`seed is ${String(seed)}: it must be a whole number from 0 to ${LAST_SEED}`);
  return seed;
}

/** The number of the life: from the application's generation, or from the clock. */
function lifeOf(generation: number | undefined, clock: Clock, { incarnationsPerLife }: Config): number {
  if (generation === undefined) return lifeAt(clock.wall?.(), incarnationsPerLife);
  const isFine = Number.isSafeInteger(generation) && generation >= 1 && generation <= LAST_GENERATION;
  if (!isFine) throw bad(`generation is ${String(generation)}: it must be a whole number from 1 to ${LAST_GENERATION}`);
  return lifeOfGeneration(generation, incarnationsPerLife);
}

function viewOfKnown(known: readonly Member[] | undefined): { readonly view?: View } {
  if (known === undefined) return {};
  if (!known.every(isMember)) throw bad("knows: what is known of a member must be the `record` of a peer");
  if (!known.every(({ status }) => status === "alive")) throw bad("knows: members known from the beginning must be alive");
  return { view: viewOf(known) };
}

function isMember(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { id, address, meta, versions, incarnation, status } = value as Record<string, unknown>;
  return [id, address, meta, status].every((text) => typeof text === "string") && id !== "" && address !== "" && Number.isSafeInteger(incarnation) && Array.isArray(versions) && versions.length === 6;
}

/** The wire has 32 bits for an incarnation. */
function checkedIncarnation(first: number | undefined): { readonly incarnation?: number } {
  if (first === undefined) return {};
  if (!Number.isSafeInteger(first) || first < 1 || first > 4_294_967_295) throw bad(`incarnation is ${String(first)}: it must be a whole number from 1 to 4294967295`);
  return { incarnation: first };
}

const bad = (why: string): MemberError => new MemberError("bad-option", why);
