/** An agent's settings: from a file, from the command line, and what is said of mistakes in either. */

import { chmodSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readKeyFile, writeKeyFile } from "../../bin/agent/key-file.ts";
import { agentSchema } from "../../bin/agent/schema.ts";
import { type AgentOptions, readSettings } from "../../bin/agent/settings.ts";
import { agent } from "../../bin/programs.ts";
import { swimlab } from "../../bin/choose.ts";
import { jsonSchemaOf } from "../../sim/scenario/index.ts";
import { hear, passingFolder } from "../cli/command.ts";

const folder = passingFolder();
const KEYS = [1, 2].map((n) => Buffer.alloc(32, n).toString("base64")) as [string, string];

function fileOf(name: string, ...lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

const none: AgentOptions = { join: [], set: [], tag: [], key: [] };
const settings = (options: Partial<AgentOptions>, isTerminal = false) => readSettings({ ...none, ...options }, isTerminal);

const whole = fileOf(
  "whole.yaml", "name: a", "bind: 127.0.0.1:7946", "advertise: 10.0.0.1:7946", "join: [10.0.0.2:7946, 10.0.0.3:7946]", "preset: serf", "config: { suspicionMult: 6, periodEvery: 2s }",
  "tags: { role: web, build: 12 }", "label: blue", "allow: [10.0.0.0/8]", `keys: [${KEYS.join(", ")}]`, "verifyIncoming: no", "compress: yes", "generation: 3",
  "record: a.flight", "metrics: 9090", "metricsPrefix: consul_", "show: json", "log: { level: debug, file: a.log }",
);

describe("a file", () => {
  test("says all that there is to say", () => {
    expect(settings({ config: whole })).toEqual({
      member: {
        name: "a", bind: "127.0.0.1:7946", advertise: "10.0.0.1:7946", seeds: ["10.0.0.2:7946", "10.0.0.3:7946"], preset: "serf", config: { suspicionMult: 6, periodEvery: 2_000_000 },
        tags: { role: "web", build: "12" }, label: "blue", allow: ["10.0.0.0/8"], keys: KEYS, verifyIncoming: false, compress: true, generation: 3,
      },
      show: "json", record: "a.flight", metrics: { at: "9090", prefix: "consul_" }, log: { level: "debug", file: "a.log" },
    });
  });

  test("the command line overrides it; tags and numbers of the protocol one by one", () => {
    const { member, ...rest } = settings({
      config: whole, name: "b", bind: "127.0.0.1:0", join: ["10.0.0.9:1"], preset: "memberlist-lan", tag: ["role=db", "zone=eu=west"], key: [KEYS[1]], set: ["suspicionMult=4", "relays=1"],
      record: "b.flight", metrics: "127.0.0.1:1", logLevel: "warn", plain: true,
    });
    expect(member).toMatchObject({
      name: "b", bind: "127.0.0.1:0", seeds: ["10.0.0.9:1"], preset: "memberlist-lan", tags: { role: "db", build: "12", zone: "eu=west" }, keys: [KEYS[1]], label: "blue",
      config: { suspicionMult: 4, relays: 1, periodEvery: 2_000_000 },
    });
    expect(rest).toEqual({ show: "lines", record: "b.flight", metrics: { at: "127.0.0.1:1", prefix: "consul_" }, log: { level: "warn", file: "a.log" } });
  });

  test.each([
    ["name: a\njoin: [a:1\n", /:3:1: not YAML: a list that began with \[ is not closed before here: write \]/],
    ["nam: a\n", /:1:1: unknown key "nam": did you mean "name"\?/],
    ["name: a\npreset: serff\n", /:2:9: preset: "serff" is not known here: did you mean "serf"\?/],
    ["config:\n  suspicionMlt: 3\n", /:2:3: unknown key "suspicionMlt" in config: did you mean "suspicionMult"\?/],
    ["config: { periodEvery: 5 }\n", /:1:24: config.periodEvery: a length needs a unit: write 5ms or 5s/],
    ["log: { level: loud }\n", /:1:15: log.level: "loud" is not known here: choose one of error, warn/],
    ["tags: web\n", /:1:7: tags: tags are a mapping: write \{ role: web \}/],
    ["join: a:1\n", /:1:7: join: "a:1" is not a list/],
    ["join:\n  - a:1\n  - http://b\n", /:3:5: join\[1\]: the address "http:\/\/b" is not host:port, such as 10\.0\.0\.1:7946/],
    ["metricsPrefix: my app\n", /:1:16: metricsPrefix: this is no prefix for names of metrics: use letters, digits, "_" and ":", and no digit first/],
    ["- name\n", /:1:1: a settings file is a mapping of keys such as name, bind and join, not a list/],
    ["", /:1:1: the file is empty: write name, bind and join, for example/],
    ["name: a\n---\nname: b\n", /:2:1: a second document begins here: a file has only one$/],
  ])("%j: where, what, and what would be right", (text, says) => {
    const path = fileOf("wrong.yaml");
    writeFileSync(path, text);
    expect(() => settings({ config: path })).toThrow(says);
    expect(() => settings({ config: path })).toThrow(expect.objectContaining({ code: 65 }));
  });

  test("texts are what was written, whatever YAML takes them for; an alias is what it stands for", () => {
    const path = fileOf("texts.yaml", "name: 007", "label: &label 1_0", "tags: { version: 1.10, commit: 12345e7, serial: 123456789012345678901, on: True, hex: 0x10, quoted: \"1.10\", again: *label }", "join: [a:1]", "log: { file: 1.0 }", "metrics: 0");
    const { member, log, metrics } = settings({ config: path });
    expect(member).toMatchObject({ name: "007", label: "1_0", tags: { version: "1.10", commit: "12345e7", serial: "123456789012345678901", on: "True", hex: "0x10", quoted: "1.10", again: "1_0" } });
    expect([log?.file, metrics?.at]).toEqual(["1.0", "0"]);
  });

  test("several mistakes are told together, each with its place", () => {
    const path = fileOf("wrongs.yaml", "nam: a", "preset: x", "generation: 0");
    expect(() => settings({ config: path })).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.*:1:1: .*\n.*:2:9: .*\n.*:3:13: .*$/) }));
  });

  test("docs/agent.schema.json is made of the same schema", () => {
    expect(readFileSync(new URL("../../docs/agent.schema.json", import.meta.url), "utf8")).toBe(`${JSON.stringify(jsonSchemaOf(agentSchema, "The settings of a swimlab agent"), null, 2)}\n`);
  });

  test("docs/agent.md names every key", () => {
    const page = readFileSync(new URL("../../docs/agent.md", import.meta.url), "utf8");
    const named = new Set(Array.from(page.matchAll(/^\| `(\w+)` \|/gm), ([, name]) => name ?? ""));
    expect(Object.keys(agentSchema.shape).filter((key) => !named.has(key))).toEqual([]);
  });
});

describe("a file of keys", () => {
  test("is Serf's keyring, or a key a line", () => {
    const [json, lines] = [fileOf("ring.json", JSON.stringify(KEYS)), fileOf("ring.txt", "# since May", KEYS[0], "", `${KEYS[1]}  # next`)];
    for (const keyFile of [json, lines]) expect(settings({ keyFile }).member.keys).toEqual(KEYS);
  });

  test("an empty one is a ring to which keys may come", () => expect(settings({ keyFile: fileOf("empty.txt", "# none yet") }).member.keys).toEqual([]));

  test.each([
    ["garbage", ["garbage"], ":1:1: a key is not base64 text: 24, 32 or 44 characters, as `serf keygen` and `consul keygen` print them"],
    ["short", ["# since May", KEYS[0], "", "  AAAA # next"], ":4:3: a key of 3 bytes: it must have 16, 24 or 32, for AES-128, AES-192 or AES-256"],
    ["ring", ["[", `  "${KEYS[0]}", "${KEYS[1]}",`, '  "secret"', "]"], ":3:3: a key is not base64 text: 24, 32 or 44 characters, as `serf keygen` and `consul keygen` print them"],
  ])("a key that is none is told with its place, and not itself: %s", async (name, lines, says) => {
    const keyFile = fileOf(`${name}.keys`, ...lines);
    expect(() => settings({ keyFile })).toThrow(`${keyFile}${says}`);
    const { code, stdout, stderr } = await hear((terminal) => agent(["--bind", "127.0.0.1:0", "--key-file", keyFile], terminal));
    expect([code, stdout, stderr]).toEqual([65, "", `${keyFile}${says}\n`]);
  });

  test("what is neither is refused without a word of what stands there", () => {
    const path = fileOf("broken.json", `["${KEYS[0]}"`);
    expect(() => settings({ keyFile: path })).toThrow(`${path}:1:1: this is not a keyring: write a JSON list of base64 keys, or one key per line`);
    const both = fileOf("both.yaml", `keys: [${KEYS[0]}]`, "keyFile: x");
    expect(() => settings({ config: both })).toThrow("keys and keyFile can't be combined");
  });
});

describe("keys that were changed are written into their file", () => {
  const [ONE, TWO] = KEYS;
  const THREE = Buffer.alloc(16, 3).toString("base64");

  test.each([
    ["ring", [`["${ONE}"]`], `[\n  "${TWO}",\n  "${ONE}"\n]\n`],
    ["lines", ["# since May", "", `${ONE}  # ours`], `# since May\n\n${TWO}\n${ONE}  # ours\n`],
  ])("in its form: %s", (name, lines, after) => {
    const path = fileOf(`kept-${name}`, ...lines);
    chmodSync(path, 0o640);
    writeKeyFile(path, [ONE], [TWO, ONE]);
    expect([readFileSync(path, "utf8"), (statSync(path).mode & 0o777).toString(8), readKeyFile(path)]).toEqual([after, "640", [TWO, ONE]]);
  });

  test("where a link leads", () => {
    const [path, link] = [fileOf("kept-behind", ONE), join(folder, "kept-link")];
    symlinkSync(path, link);
    writeKeyFile(link, [ONE], [TWO]);
    expect([readFileSync(path, "utf8"), lstatSync(link).isSymbolicLink()]).toEqual([`${TWO}\n`, true]);
  });

  test("but not over what somebody wrote there meanwhile, nor where nothing can be written; nothing is left beside it", () => {
    const path = fileOf("kept-edited", ONE, THREE);
    expect(() => writeKeyFile(path, [ONE], [TWO])).toThrow("it has been edited since it was read");
    expect(readKeyFile(path)).toEqual([ONE, THREE]);
    const before = readFileSync(path, "utf8");
    mkdirSync(`${path}.unfinished`);
    expect(() => writeKeyFile(path, [ONE, THREE], [TWO])).toThrow(/EISDIR/);
    expect(readFileSync(path, "utf8")).toBe(before);
    writeKeyFile(path, [TWO], [ONE, THREE]);
    expect(readFileSync(path, "utf8"), "it says so already").toBe(before);
  });
});

test("a table is for a terminal, lines for anything else", () => {
  const table = fileOf("table.yaml", "show: table");
  expect([settings({}, true).show, settings({}).show, settings({ config: table }).show, settings({ plain: true }, true).show, settings({ json: true }, true).show]).toEqual(["table", "lines", "lines", "lines", "json"]);
});

describe("mistakes on the command line: one sentence, 64 or above, nothing on standard output", () => {
  test.each([
    ["--preset serff", '--preset: "serff" is not known here: did you mean "serf"?', 64],
    ["--tag web", '--tag: "web" is not a tag: write key=value, such as role=web', 64],
    ["--set suspicionmult=3", '--set suspicionmult=3: unknown key "suspicionmult" in config: did you mean "suspicionMult"?', 64],
    ["--set 3", '--set: "3" is not a setting: write field=value, such as suspicionMult=6', 64],
    ["--log-level loud", '--log-level: "loud" is not known here: choose one of error, warn, info, debug, silent', 64],
    ["--bind 192.0.2.1:7946", "no interface of this machine has the address 192.0.2.1", 64],
    ["--metrics nowhere", 'metrics "nowhere" is not an address to listen on: write host:port, such as 127.0.0.1:9090, or a port alone', 64],
    ["--key abc", "a key is not base64 text: 24, 32 or 44 characters, as `serf keygen` and `consul keygen` print them", 64],
    ["--tag a=1 --meta x", "tags and meta can't be combined: tags are the meta", 64],
    ["--join :7946", '--join: the address ":7946" has no host', 64],
    ["--record ", "--record: name a file", 64],
    ["--key-file ", "--key-file: name a file", 64],
    ["--log-file ", "--log-file: name a file", 64],
    ["--nam x", "unknown option --nam: did you mean --name?", 64],
    ["a", "a means nothing here: the agent takes only options, such as --name a", 64],
    ["--config nowhere.yaml", "there is no file nowhere.yaml", 66],
    ["--record /nowhere/a.flight", "the recording /nowhere/a.flight can't be written: ENOENT: no such file or directory, open '/nowhere/a.flight'", 73],
    ["--log-file /nowhere/a.log", "the log /nowhere/a.log can't be written: ENOENT: no such file or directory, open '/nowhere/a.log'", 73],
  ])("%s", async (words, says, code) => {
    const args = words.includes("--bind") ? words.split(" ") : ["--bind", "127.0.0.1:0", ...words.split(" ")];
    expect(await hear((terminal) => agent(args, terminal))).toEqual({ code, stdout: "", stderr: `${says}\n` });
  });

  test("help has every option, the signals, the codes and examples, under the name that was typed", async () => {
    const { code, stdout, stderr } = await hear((terminal) => swimlab(["agent", "--help"], terminal));
    expect([code, stderr]).toEqual([0, ""]);
    for (const word of ["--name", "--join", "--key-file", "--metrics", "--record", "SIGHUP", "Exit codes", "swimlab agent --name b"]) expect(stdout).toContain(word);
    expect(stdout).not.toMatch(/default: \[\]|npm run agent/);
  });
});
