/** An agent's settings as people write them in a file: the one source of its checks and of its JSON Schema. */

import { z } from "zod";
import { choice, config, list, mapping, preset, text, whole, yesNo } from "../../sim/scenario/file/index.ts";

const levels = ["error", "warn", "info", "debug", "silent"] as const;

/** What may be logged. */
export const logLevel = choice(levels).describe("What is logged: error; warn (suspicions, deaths); info (comings and goings; the default); debug (what was dropped).");

const texts = list(text);
const tags = z.record(z.string(), text, { error: "tags are a mapping of texts: write { role: web }" });

/** The keys of the file. */
export const sections = {
  name: text.describe("Our name in the group. The machine's host name unless given.").optional(),
  bind: text.describe("Where to listen, host:port. 0.0.0.0:7946 unless given; port 0 for any free one.").optional(),
  advertise: text.describe("Where others reach us, if not there: behind a NAT, or bound to 0.0.0.0.").optional(),
  join: texts.describe("Members to be let in by, host:port each. Asked again for as long as we are alone.").optional(),
  preset: preset.optional(),
  config: config.optional(),
  serf: yesNo.describe("Serf's layer: user events, and who left told from who failed. Yes with preset serf, unless given.").optional(),
  tags: tags.describe("What we tell of ourselves, as Serf's tags: { role: web }. Read again on SIGHUP.").optional(),
  meta: text.describe("Instead of tags, any text. Read again on SIGHUP.").optional(),
  label: text.describe("The group's label: who has another is not heard.").optional(),
  allow: texts.describe("Networks whose members we take in, such as 10.0.0.0/8. All, unless given.").optional(),
  keys: texts.describe("AES keys in base64, the first of which encrypts. Read again on SIGHUP.").optional(),
  keyFile: text.describe("A file of keys: Serf's keyring (a JSON list), or a key a line. Read again on SIGHUP, and written when serf keys changes them. Instead of keys.").optional(),
  verifyIncoming: yesNo.describe("Is plain text refused when there are keys? Yes, unless given.").optional(),
  verifyOutgoing: yesNo.describe("Do we encrypt when there are keys? Yes, unless given.").optional(),
  compress: yesNo.describe("Is what gets shorter by it compressed? Yes, unless given.").optional(),
  generation: whole(1, 65_535).describe("Which life of this name it is: it must only rise. By the clock, unless given.").optional(),
  record: text.describe("Where the flight recorder writes.").optional(),
  metrics: text.describe("Where figures are served for Prometheus: host:port, or a port of the loopback.").optional(),
  metricsPrefix: text.describe("What stands before the names of figures, such as consul_.").optional(),
  show: choice(["table", "lines", "json"]).describe("A live table (the default on a terminal), a line for each event (elsewhere), or a line of JSON for each.").optional(),
  log: mapping({
    level: logLevel.optional(),
    file: text.describe("Where to. Standard error, unless given. Opened anew on SIGHUP.").optional(),
  }).describe("Structured logs, lines of JSON.").optional(),
};

export const agentSchema = mapping(sections).describe("The settings of a swimlab agent. Paths are from where it is started.");

export type WrittenAgent = z.output<typeof agentSchema>;

type Section = keyof typeof sections;

/** What is wrong with a value of one key, in half a sentence; null if nothing is. */
export function whatIsWrong(section: Section, value: unknown): string | null {
  const { error } = sections[section].safeParse(value);
  return error === undefined ? null : (error.issues[0]?.message ?? error.message);
}
