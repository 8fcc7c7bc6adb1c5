/** An agent's settings as people write them in a file: the one source of its checks and of its JSON Schema. */

import { z } from "zod";
import { seedMistake } from "../../adapter/agent/index.ts";
import { choice, config, list, mapping, preset, text, whole, yesNo } from "../../sim/scenario/file/index.ts";

const levels = ["error", "warn", "info", "debug", "silent"] as const;

/** What may be logged. */
export const logLevel = choice(levels).describe("What is logged: error; warn (suspicions, deaths); info (members that come, go or change; the default); debug (what was dropped).");

const texts = list(text);
const seeds = list(text.superRefine((written, context) => {
  const why = seedMistake(written);
  if (why !== null) context.addIssue(why);
}));
const prefix = text.refine((written) => /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(written), { error: 'this is no prefix for names of metrics: use letters, digits, "_" and ":", and no digit first' });
const tags = z.record(z.string(), text, { error: "tags are a mapping: write { role: web }" });

/** The keys of the file. */
export const sections = {
  name: text.describe("The member's name, unique in the group. By default the machine's host name.").optional(),
  bind: text.describe("Where to listen, host:port. By default 0.0.0.0:7946; port 0 for any free one.").optional(),
  advertise: text.describe("Where others reach it, if that differs from bind: behind a NAT, or bound to 0.0.0.0.").optional(),
  tcp: mapping({
    tls: mapping({
      key: text.describe("The file of this member's private key, PEM."),
      cert: text.describe("The file of its certificate, PEM, good for servers and for clients."),
      ca: text.describe("The file of the certificates, PEM, by which members' certificates must be signed."),
      name: text.describe("A DNS name that every member's certificate has, where ca signs others besides.").optional(),
    }).describe("TLS: members without such a certificate are not heard.").optional(),
  }).describe("Use TCP alone, where UDP does not pass: { }. All members of the group need it, and those of memberlist do not have it.").optional(),
  join: seeds.describe("Members through which to join, host:port each. Asked again for as long as this member is alone.").optional(),
  preset: preset.optional(),
  config: config.optional(),
  serf: yesNo.describe("Serf's layer: user events, and members that left are told apart from those that failed. By default yes with preset serf.").optional(),
  tags: tags.describe("What the member publishes about itself, as Serf's tags: { role: web }. Reloaded on SIGHUP.").optional(),
  meta: text.describe("Any text, instead of tags. Reloaded on SIGHUP.").optional(),
  label: text.describe("The group's label: members with another label are ignored.").optional(),
  allow: texts.describe("Networks whose members are accepted, such as 10.0.0.0/8. By default all.").optional(),
  keys: texts.describe("AES keys in base64, the first of which encrypts. Reloaded on SIGHUP.").optional(),
  keyFile: text.describe("A key file, instead of keys: Serf's keyring (a JSON list), or one key per line. Reloaded on SIGHUP, and rewritten when serf keys changes the keys.").optional(),
  verifyIncoming: yesNo.describe("Refuse plain text when there are keys? By default yes.").optional(),
  verifyOutgoing: yesNo.describe("Encrypt when there are keys? By default yes.").optional(),
  compress: yesNo.describe("Compress messages that get shorter by it? By default yes.").optional(),
  generation: whole(1, 65_535).describe("Which life of this name it is: must rise from life to life. By default from the clock.").optional(),
  record: text.describe("The flight recorder's file.").optional(),
  metrics: text.describe("Where metrics are served for Prometheus: host:port, or a port on the loopback.").optional(),
  metricsPrefix: prefix.describe("A prefix for the metrics' names, such as consul_.").optional(),
  show: choice(["table", "lines", "json"]).describe("A live table (the default on a terminal), a line for each event (elsewhere), or a line of JSON for each.").optional(),
  log: mapping({
    level: logLevel.optional(),
    file: text.describe("The log file. By default standard error. Reopened on SIGHUP.").optional(),
  }).describe("Structured logs: lines of JSON.").optional(),
};

export const agentSchema = mapping(sections).describe("The settings of a swimlab agent. Paths are relative to the directory where it is started.");

export type WrittenAgent = z.output<typeof agentSchema>;

type Section = keyof typeof sections;

const written: ReadonlySet<unknown> = new Set<Section>(["name", "bind", "advertise", "join", "tags", "meta", "label", "allow", "keys", "keyFile", "record", "metrics", "metricsPrefix"]);

/** Where a text stands: `version: 1.10` is no number among tags. */
export const isText = ([section, key]: readonly (string | number)[]): boolean => written.has(section) || (section === "log" && key === "file") || section === "tcp";

/** What is wrong with a value of one key, in half a sentence; null if nothing is. */
export function whatIsWrong(section: Section, value: unknown): string | null {
  const { error } = sections[section].safeParse(value);
  return error === undefined ? null : (error.issues[0]?.message ?? error.message);
}
