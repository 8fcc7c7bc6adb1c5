/** From a file of settings and a command line to what an agent is told: the command line overrides the file. */

import { hostname } from "node:os";
import { seedMistake, type AgentSettings, type LogLevel, type WrittenMember } from "../../adapter/agent/index.ts";
import type { TlsOptions } from "../../adapter/index.ts";
import type { Config } from "../../engine/index.ts";
import { describeError, readDocument } from "../../sim/scenario/file/index.ts";
import { exits, readBytes, Stop } from "../../sim/cli/program/index.ts";
import { readKeyFile } from "./key-file.ts";
import { agentSchema, isText, whatIsWrong, type WrittenAgent } from "./schema.ts";

/** The words of the command line. */
export type AgentOptions = {
  readonly name?: string;
  readonly bind?: string;
  readonly advertise?: string;
  readonly tcp?: true;
  readonly join: readonly string[];
  readonly preset?: string;
  readonly set: readonly string[];
  readonly tag: readonly string[];
  readonly meta?: string;
  readonly label?: string;
  readonly key: readonly string[];
  readonly keyFile?: string;
  readonly record?: string;
  readonly metrics?: string;
  readonly logLevel?: string;
  readonly logFile?: string;
  readonly json?: true;
  readonly plain?: true;
  readonly config?: string;
};

/** The longest file of settings that is read, in bytes. */
const LONGEST = 1_048_576;

const FILE_KIND = { what: "a settings file", keys: "name, bind and join", lacks: "write name, bind and join, for example" };

/** Throws a Stop that tells all mistakes of the file, one a line, or the first one of the command line. */
export function readSettings(options: AgentOptions, isTerminal: boolean): AgentSettings {
  checkWords(options);
  const written = laidOver(fromFile(options), options);
  const { keyFile, record, metrics, metricsPrefix } = written;
  const log = logOf(written);
  return {
    member: memberOf(written),
    show: written.show === "table" && !isTerminal ? "lines" : (written.show ?? (isTerminal ? "table" : "lines")),
    ...withoutHoles({ keyFile, record }),
    ...(metrics !== undefined && { metrics: { at: metrics, ...(metricsPrefix !== undefined && { prefix: metricsPrefix }) } }),
    ...(log !== undefined && { log }),
  };
}

/** What the schema would refuse in a file, it refuses here as well. */
function checkWords({ preset, logLevel, set, tag, key, join, ...files }: AgentOptions): void {
  if (preset !== undefined) refuse("--preset", whatIsWrong("preset", preset));
  if (logLevel !== undefined) refuse("--log-level", whatIsWrong("log", { level: logLevel }));
  for (const written of set) {
    if (!/^[A-Za-z]\w*=/.test(written)) refuse("--set", `${JSON.stringify(written)} is not a setting: write field=value, such as suspicionMult=6`);
  }
  for (const written of tag) {
    if (!/^[^=]+=/.test(written)) refuse("--tag", `${JSON.stringify(written)} is not a tag: write key=value, such as role=web`);
  }
  for (const seed of join) refuse("--join", seedMistake(seed));
  if (key.length > 0 && files.keyFile !== undefined) refuse("--key", "give keys or a key file, not both");
  for (const [option, file] of [["--config", files.config], ["--key-file", files.keyFile], ["--record", files.record], ["--log-file", files.logFile]] as const) {
    if (file === "") refuse(option, "name a file");
  }
}

function refuse(option: string, why: string | null): void {
  if (why !== null) throw new Stop(exits.usage, `${option}: ${why}`);
}

/** The file, if there is one, with each `--set` laid over its `config:`. */
function fromFile({ config: file, set }: AgentOptions): WrittenAgent {
  const text = file === undefined ? null : textOf(file);
  const read = readDocument(text, { schema: agentSchema, file: file ?? "--set", kind: FILE_KIND, settings: set.map((written) => `config.${written}`), isVerbatim: isText });
  if (read.ok) return read.value;
  const isFromFile = read.errors.some((error) => error.file !== "--set");
  throw new Stop(isFromFile ? exits.badData : exits.usage, read.errors.map((error) => (error.file === "--set" ? `--set ${set[error.line - 1] ?? ""}: ${error.message}` : describeError(error))).join("\n"));
}

function textOf(file: string): string {
  const bytes = readBytes(file);
  if (bytes.length > LONGEST) throw new Stop(exits.badData, `${file}:1:1: the file is too large: settings may have 1 MiB`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Stop(exits.badData, `${file}:1:1: this is not UTF-8 text`);
  }
}

/** Tags are laid over the file's one by one; anything else replaces what the file says. */
function laidOver(file: WrittenAgent, options: AgentOptions): WrittenAgent {
  const { name, bind, advertise, tcp, join, preset, tag, meta, label, key, keyFile, record, metrics, logLevel, logFile, json, plain } = options;
  const { keys: _keys, keyFile: _keyFile, meta: fileMeta, tags: fileTags, ...rest } = file;
  const isKeyed = key.length > 0 || keyFile !== undefined;
  const tags = tag.length === 0 ? fileTags : { ...fileTags, ...Object.fromEntries(tag.map((written) => [written.slice(0, written.indexOf("=")), written.slice(written.indexOf("=") + 1)])) };
  const words = { ...rest, ...withoutHoles({ name, bind, advertise, preset, label, record, metrics }) } as WrittenAgent;
  return {
    ...words,
    ...(tcp === true && { tcp: file.tcp ?? {} }),
    ...(join.length > 0 && { join: [...join] }),
    ...(meta === undefined ? { ...(tags !== undefined && { tags }), ...(fileMeta !== undefined && tag.length === 0 && { meta: fileMeta }) } : { meta, ...(tag.length > 0 && { tags }) }),
    ...(isKeyed ? { ...(key.length > 0 && { keys: [...key] }), ...(keyFile !== undefined && { keyFile }) } : withoutHoles({ keys: file.keys, keyFile: file.keyFile })),
    ...((logLevel !== undefined || logFile !== undefined) && { log: { ...file.log, ...withoutHoles({ level: logLevel, file: logFile }) } as WrittenAgent["log"] }),
    ...(json === true ? { show: "json" as const } : plain === true && { show: "lines" as const }),
  };
}

function memberOf(written: WrittenAgent): WrittenMember {
  const { name, bind, advertise, tcp, join, preset, config, serf, tags, meta, label, allow, verifyIncoming, verifyOutgoing, compress, generation } = written;
  const keys = keysOf(written);
  return {
    name: name ?? hostname().split(".")[0] ?? "",
    ...withoutHoles({ bind, advertise, preset, serf, tags, label, allow, keys, verifyIncoming, verifyOutgoing, compress, generation }),
    ...(config !== undefined && { config: withoutHoles(config) as Partial<Config> }),
    ...(join !== undefined && { seeds: join }),
    ...(tcp !== undefined && { tcp: tcp.tls === undefined ? {} : { tls: tlsOf(tcp.tls) } }),
    ...(meta !== undefined && { meta: new TextEncoder().encode(meta) }),
  };
}

const tlsOf = ({ key, cert, ca, name }: NonNullable<NonNullable<WrittenAgent["tcp"]>["tls"]>): TlsOptions =>
  ({ key: pemIn(key), cert: pemIn(cert), ca: pemIn(ca), ...(name !== undefined && { name }) });

const pemIn = (file: string): string => new TextDecoder().decode(readBytes(file));

function keysOf({ keys, keyFile }: WrittenAgent): readonly string[] | undefined {
  if (keys !== undefined && keyFile !== undefined) throw new Stop(exits.badData, "keys and keyFile can't be combined: give keys or a key file");
  return keyFile === undefined ? keys : readKeyFile(keyFile);
}

/** A level alone logs to standard error, a file alone what is usual. */
function logOf({ log }: WrittenAgent): AgentSettings["log"] {
  if (log === undefined) return undefined;
  const level: LogLevel = log.level ?? "info";
  return { level, ...(log.file !== undefined && { file: log.file }) };
}

type WithoutHoles<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

const withoutHoles = <T extends object>(fields: T): WithoutHoles<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as WithoutHoles<T>;
