/** The pages say what the code has: its kinds of things, its pictures, its files, its names. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  deadlines, incarnation, presets, type Change, type Config, type Effect, type Event, type Message, type SerfInput, type SerfMessage, type State, type Status,
} from "../engine/index.ts";
import { overrules } from "../engine/rules/membership.ts";
import { aMember } from "./builders.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (page: string): string => readFileSync(join(root, page), "utf8");

/** What stands under a heading, up to the next. */
function section(page: string, heading: string): string {
  const [, text] = read(page).split(`\n## ${heading}\n`);
  if (text === undefined) throw new Error(`${page} has no heading ${heading}`);
  return text.split("\n## ")[0] ?? "";
}

/** The words in the first column of a table, without the head. */
const firstColumn = (text: string): readonly string[] =>
  Array.from(text.matchAll(/^\| ([\w-]+)(?: \*)? \|/gm), ([, word]) => word ?? "").slice(1);

const boldWords = (text: string): readonly string[] => Array.from(text.matchAll(/\*\*([\w-]+)\*\*/g), ([, word]) => word ?? "");

/** The compiler sees to it that none is missing here. */
const messages = {
  ping: 1, ack: 1, "ping-req": 1, nack: 1, gossip: 1, "push-pull": 1, compare: 1, patch: 1, user: 1,
} satisfies Record<Message["kind"], 1>;
const events = {
  received: 1, "exchange-opened": 1, "exchange-answered": 1, woke: 1, "woke-mute": 1, undeliverable: 1, "asked-to-join": 1, "asked-to-leave": 1, "asked-to-update": 1,
  "asked-to-send": 1, "asked-to-broadcast": 1, "asked-to-ping": 1, "asked-to-attach": 1,
} satisfies Record<Event["kind"], 1>;
const changes = {
  joined: 1, updated: 1, suspected: 1, confirmed: 1, cleared: 1, failed: 1, left: 1, forgotten: 1, refuted: 1, conflict: 1, "datagrams-lost": 1, damped: 1, answered: 1,
  unanswered: 1, departed: 1, message: 1, untold: 1, state: 1,
} satisfies Record<Change["kind"], 1>;
const effects = { send: 1, exchange: 1, answer: 1, announce: 1 } satisfies Record<Effect["kind"], 1>;
const oddities = {
  misdirected: 1, unexpectedAnswers: 1, refusedErrands: 1, unanswerable: 1, namesakes: 1, unversioned: 1, incompatible: 1, oversized: 1, unheard: 1,
} satisfies Record<keyof State["oddities"], 1>;
const serfMessages = { join: 1, leave: 1, "user-event": 1, query: 1, answer: 1 } satisfies Record<SerfMessage["kind"], 1>;
const serfInputs = {
  announced: 1, woke: 1, "asked-to-join": 1, "asked-to-leave": 1, "asked-to-remove": 1, "asked-to-tell": 1, "asked-to-ask": 1, "asked-to-answer": 1,
} satisfies Record<SerfInput["kind"], 1>;

/** The sequence diagrams of a page, each as its lines. */
const sequences = (page: string): readonly (readonly string[])[] =>
  Array.from(read(page).matchAll(/```mermaid\nsequenceDiagram\n([\s\S]*?)```/g), ([, picture]) => (picture ?? "").trim().split("\n").map((line) => line.trim()));

/** Those of these words that stand in none of the page's sequence diagrams, as whole words: `ping` does not stand in `ping-req`. */
function undrawn(page: string, words: readonly string[]): readonly string[] {
  const text = sequences(page).flat().join("\n");
  return words.filter((word) => !new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(text));
}

describe("the protocol's page names everything, in the code's order", () => {
  const page = "docs/protocol.md";

  test("messages", () => expect(firstColumn(section(page, "Messages"))).toEqual(Object.keys(messages)));
  test("events", () => expect(boldWords(section(page, "Events"))).toEqual(Object.keys(events)));
  test("announcements", () => expect(boldWords(section(page, "Announcements"))).toEqual(Object.keys(changes)));
  test("deadlines, in the order in which equal ones are met", () => {
    expect(firstColumn(section(page, "Deadlines"))).toEqual(deadlines(aMember("a")).map(({ kind }) => kind));
  });

  /** Who says what to whom, in the order of each picture: `["a", "r", "ping-req"]`. */
  const pictures = (): readonly (readonly (readonly [from: string, to: string, kind: string])[])[] =>
    sequences(page).map((lines) => lines.flatMap((line) => {
      const [, from, to, kind] = /^(\w+)-(?:>>|x)(\w+): ([a-z-]+)/.exec(line) ?? [];
      return from === undefined ? [] : [[from, to ?? "", kind ?? ""] as const];
    }));

  test("and draws every message", () => {
    const drawn = new Set(pictures().flat().map(([, , kind]) => kind));
    expect(Object.keys(messages).filter((kind) => !drawn.has(kind))).toEqual([]);
  });

  test("and every answer that its table lists, on its way back to whoever asked", () => {
    const rows = Array.from(section(page, "Messages").matchAll(/^\| ([\w-]+) \|[^|]+\|[^|]+\| ([\w, -]+) \|/gm), ([, asked, answers]) => ({ asked: asked ?? "", answers: (answers ?? "").split(", ") })).slice(1);
    expect(rows.map(({ asked }) => asked)).toEqual(expect.arrayContaining(["ping", "ping-req", "push-pull", "compare"]));
    const isDrawn = (asked: string, answer: string): boolean => pictures().some((picture) => picture.some(([from, to, kind], place) =>
      kind === asked && picture.slice(place + 1).some(([back, home, what]) => back === to && home === from && what === answer)));
    expect(rows.flatMap(({ asked, answers }) => answers.filter((answer) => !isDrawn(asked, answer)).map((answer) => `${asked}: ${answer}`))).toEqual([]);
  });

  test("and whatever can happen to a member, be wanted by it, be announced by it, or be odd about what it hears", () => {
    expect(undrawn(page, [events, effects, changes, oddities].flatMap((kinds) => Object.keys(kinds)))).toEqual([]);
  });

  test("whatever it calls like a number of the configuration is one", () => {
    const named = Array.from(read(page).matchAll(/`([a-z]+[A-Z]\w*)(?::? [^`]+)?`/g), ([, name]) => name ?? "");
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((name) => !(name in presets.swimlab))).toEqual([]);
  });
});

/** What members say to one another and to their applications, exchange by exchange: lines that stand in one picture, in this order. */
const exchanges: Readonly<Record<string, Readonly<Record<string, readonly RegExp[]>>>> = {
  "docs/protocol.md": {
    "a ping, acked": [/->>b: ping/, /->>a: ack/],
    "a ping for another name": [/->>c: ping \d+, for b$/, /over c: misdirected/, /->>c: ping \d+, for b, over a stream/, /over c: misdirected/],
    "an application's ping": [/asked-to-ping/, /->>b: ping/, /->>a: ack/, /answered:/, /unanswered/],
    "an indirect probe": [/-xb: ping/, /->>r: ping-req/, /r->>b: ping/, /b->>r: ack/, /r->>a: ack/],
    "a relay in vain, and a stream ping": [/->>r: ping-req/, /r-xb: ping/, /r->>a: nack/, /over a stream/, /a->>b: ping/, /b->>a: ack/],
    "one errand too many": [/errandsLimit/, /->>r: ping-req/, /refusedErrands/, /asked-to-ping/, /unanswered/],
    "a late answer": [/: ack/, /unexpectedAnswers/, /: nack/, /unexpectedAnswers/],
    "a suspicion, confirmed": [/probe-fails: b suspect/, /suspect b@1, from a/, /suspect b@1, from d/, /confirmed/, /suspicion-ends: b dead/],
    "a refutation, and a correction": [/: ping .* suspect b/, /refuted: b@2/, /: ack .* alive b@2/, /suspect b@1/, /gossip: alive b@2/],
    "an update": [/asked-to-update/, /alive a@2/, /updated/, /gossip: alive a@2/, /updated/],
    "news": [/ping .*dead d@1/, /gossip: dead d@1/, /multicast/],
    "a join": [/push-pull \(join\)/, /n: push-pull/, /join-again/, /compare/, /patch/],
    "an exchange of views": [/b: push-pull/, /a: push-pull/, /b: compare/, /a: patch/, /b: patch/],
    "a view refused because of versions": [/b: push-pull/, /a: push-pull/, /b: incompatible/, /a: incompatible/],
    "what applications attach": [/asked-to-attach/, /: ping/, /: ack .* \+ "/, /answered/, /: push-pull.* \+ "/, /: push-pull.* \+ "/, /state: "/],
    "a merge refused at the door": [/driver: push-pull \(join\)/, /refuses the merge/, /without an answer/],
    "a goodbye": [/asked-to-leave/, /gossip: left l@1/, /departed/],
    "a later life": [/push-pull \(join\): b@131072$/, /cleared, or joined/],
    "an address taken over": [/push-pull \(join\): b, at another address/, /conflict/, /reclaimAfter/, /push-pull \(join\): b, at another address/, /joined/],
    "a later life elsewhere": [/push-pull \(join\): b@131072, at its new address/, /updated/, /alive b@65538, at its old address/, /nothing/, /namesakes/],
    "a conflict, settled by the application": [/announce: conflict/, /replace/, /received: left b@1/, /received: alive b@1, at another address/, /announce: joined b/],
    "words of applications": [/asked-to-broadcast/, /message/, /asked-to-send/, /: user:/],
    "a call to the dead": [/reconnect-due/, /: push-pull/, /: push-pull/, /refute/],
    "mute waking": [/woke-mute/, /failed/],
  },
  "docs/serf.md": {
    "a query": [/"query/, /"ack/, /"response/],
    "coming and going": [/push-pull \(join\)/, /"join m/, /asked-to-leave/, /"leave m/, /: left m/],
    "an intent refuted, and one for the failed": [/"leave m/, /"join m/, /failed x/, /"leave x/, /left/],
    "a user event": [/"user-event/, /told on/, /heard already/],
    "a key": [/"query .*key"/, /keyring/, /"response/],
    "two of one name": [/conflict/, /"query .*_serf_conflict/, /"response/],
  },
};

describe.each(Object.entries(exchanges))("%s draws each exchange as a whole:", (page, drawn) => {
  test.each(Object.entries(drawn))("%s", (_title, steps) => {
    const isWhole = (lines: readonly string[]): boolean => {
      let place = 0;
      for (const line of lines) if (place < steps.length && steps[place]!.test(line)) place++;
      return place === steps.length;
    };
    expect(sequences(page).some(isWhole)).toBe(true);
  });
});

test("Serf's page draws each of its layer's messages, and all that can happen to it", () => {
  const said = new Set(sequences("docs/serf.md").flat().flatMap((line) => /^\w+->>\w+: gossip: "([a-z-]+)/.exec(line)?.[1] ?? []));
  expect(Object.keys(serfMessages).filter((kind) => !said.has(kind))).toEqual([]);
  expect(undrawn("docs/serf.md", Object.keys(serfInputs))).toEqual([]);
});

const orders = ["total", "memberlist", "final"] as const satisfies readonly Config["precedence"][];
const statuses = ["alive", "suspect", "dead", "left"] as const satisfies readonly Status[];

/** Which incarnation, beside the one held, lets a status that is heard overrule another: from the easiest condition to the hardest. */
const conditions = ["any", "same or higher", "higher", "none"] as const;

function conditionOf(held: Status, heard: Status, precedence: Config["precedence"]): (typeof conditions)[number] {
  const isNews = [0, 1, 2].map((life) => overrules({ status: heard, incarnation: incarnation(life) }, { status: held, incarnation: incarnation(1) }, { precedence, incarnationsPerLife: 0 }));
  const from = isNews.includes(true) ? isNews.indexOf(true) : 3;
  expect(isNews, "whatever overrules does so in fresher words as well").toEqual([0, 1, 2].map((life) => life >= from));
  return conditions[from] ?? "none";
}

/** One arrow for each status held and each condition; but a status that stays as it is has none. */
function pictureOf(precedence: Config["precedence"]): string {
  const arrows = statuses.flatMap((held) => conditions.slice(0, 3).flatMap((condition) => {
    const heard = statuses.filter((status) => status !== held && conditionOf(held, status, precedence) === condition);
    return heard.length === 0 ? [] : [`  ${held} -- ${condition} --> ${heard.join(" & ")}\n`];
  }));
  return `flowchart LR\n${arrows.join("")}`;
}

describe("who overrules whom is drawn from the code", () => {
  test("as a picture for each order", () => {
    const pictures = Array.from(read("docs/protocol.md").matchAll(/```mermaid\n(flowchart[\s\S]*?)```/g), ([, picture]) => picture);
    expect(pictures).toEqual(orders.map(pictureOf));
  });

  test("and as a table of all three", () => {
    const sign = { any: "∗", "same or higher": "≥", higher: ">", none: "–" } as const satisfies Record<(typeof conditions)[number], string>;
    const cell = (held: Status, heard: Status): string => orders.map((order) => sign[conditionOf(held, heard, order)]).join(" ");
    const rows = statuses.map((held) => `| ${held} | ${statuses.map((heard) => cell(held, heard)).join(" | ")} |\n`);
    expect(read("docs/decisions/0002-who-overrules-whom.md")).toContain(rows.join(""));
  });
});

describe("what the pages point to is there", () => {
  const decisions = readdirSync(join(root, "docs/decisions"));
  const pages = [
    "README.md", "ARCHITECTURE.md", "CHANGELOG.md", ...readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`),
    ...decisions.map((name) => `docs/decisions/${name}`),
  ];

  const rooms = ["adapter", "bench", "bin", "conformance", "engine", "examples", "scenarios", "sim", "sweeps", "test", "trace", "viz", "worlds"];
  const theirs = rooms.flatMap((room) => readdirSync(join(root, room), { recursive: true }).map((name) => join(room, String(name)))).filter((name) => name.endsWith("README.md"));

  /** What links to a heading call it: lower case, spaces as dashes, without signs. */
  const headings = (page: string): readonly string[] =>
    Array.from(read(page).replaceAll(/^```[^]*?^```/gm, "").matchAll(/^#+ (.+)$/gm), ([, heading = ""]) => heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(" ", "-"));

  test("links, and the headings that they name", () => {
    const missing = [...pages, ...theirs].flatMap((page) => Array.from(read(page).matchAll(/\]\(([^)#:]*)(?:#([^)]*))?\)/g)).flatMap(([, target = "", heading]) => {
      const file = target === "" ? page : join(dirname(page), target);
      const isThere = existsSync(join(root, file)) && (heading === undefined || headings(file.endsWith("/") ? `${file}README.md` : file).includes(heading));
      return isThere ? [] : [`${page}: ${target}#${heading ?? ""}`];
    }));
    expect(missing).toEqual([]);
  });

  test("keys of the scenarios' language, all of them on its page", () => {
    const keysIn = (schema: unknown): readonly string[] =>
      typeof schema !== "object" || schema === null ? [] : Object.entries(schema).flatMap(([name, part]) => [...(name === "properties" ? Object.keys(part).filter((key) => !(key in presets.swimlab)) : []), ...keysIn(part)]);
    const keys = new Set(keysIn(JSON.parse(read("scenarios/scenario.schema.json"))));
    expect(keys.size).toBeGreaterThan(80);
    expect([...keys].filter((key) => !new RegExp(`(?<![\\w-])${key}(?![\\w-])`).test(read("scenarios/README.md")))).toEqual([]);
  });

  test("paragraphs: none stands there twice, however it ends", () => {
    expect(theirs).toContain("scenarios/README.md");
    const twice = [...pages, ...theirs].flatMap((page) => {
      const beginnings = read(page).replaceAll(/^```[^]*?^```/gm, "").split(/\n{2,}/).filter((text) => /^[\w[*`]/.test(text)).map((text) => text.slice(0, 45)).filter(({ length }) => length === 45);
      return beginnings.filter((text, at) => beginnings.indexOf(text) < at).map((text) => `${page}: ${text}`);
    });
    expect(twice).toEqual([]);
  });

  test("the bug whose way is told is the one that is played", () => {
    const [, told = ""] = /```yaml\n(# npm run sim -- shrink t\/578[^]*?)```/.exec(read("docs/testing.md")) ?? [];
    const played = read("test/bugs/address-of-an-earlier-life.yaml").split("\n");
    expect(told.trim().split("\n").slice(1).filter((line) => !played.includes(line))).toEqual([]);
    expect(told.split("\n").length).toBeGreaterThan(6);
  });

  test("decisions by number", () => {
    const missing = pages.flatMap((page) => Array.from(read(page).matchAll(/decisions\/(\d{4})/g), ([, number]) => number ?? "")
      .filter((number) => !decisions.some((name) => name.startsWith(number))).map((number) => `${page}: ${number}`));
    expect(missing).toEqual([]);
  });

  /** "`on/probe.ts` ping, onRelaysDue": a file of the engine, and names in it. */
  test.for(["docs/protocol.md", "docs/memberlist.md"])("the engine's files, and the names in them: %s", (page) => {
    const pointers = Array.from(read(page).matchAll(/`(?:engine\/)?([\w/-]+\.ts)`((?:,? [a-z]+[A-Za-z]*\b)*)/g), ([, file, names]) => ({ file: file ?? "", names: names ?? "" }));
    expect(pointers.length).toBeGreaterThan(10);
    const wrong = pointers.flatMap(({ file, names }) => {
      if (file.startsWith("test/") || file.endsWith(".test.ts")) return [];
      const path = join(root, "engine", file);
      if (!existsSync(path)) return [file];
      const text = readFileSync(path, "utf8");
      const called = names.split(",").map((name) => name.trim()).filter((name) => /^[a-z]+[A-Z]\w*$/.test(name));
      return called.filter((name) => !text.includes(name)).map((name) => `${file} ${name}`);
    });
    expect(wrong).toEqual([]);
  });
});

describe("the tour", () => {
  const page = "docs/tour.md";
  const scenes = Array.from(read(page).matchAll(/```story ([\w-]+)\n([\s\S]*?)```/g), ([, name = "", lines = ""]) => ({ name, lines: lines.trimEnd().split("\n") }));

  test("has a scene for each of its headings with a number", () => {
    expect(scenes.length).toBeGreaterThanOrEqual(Array.from(read(page).matchAll(/^## \d+\. /gm)).length);
  });

  test.for(scenes)("shows what happens in $name, in its order, and says where it leaves something out", ({ name, lines }) => {
    const told = read(`test/golden/story-${name}.txt`).split("\n").filter((line) => line !== "" && !/^# [A-Z]/.test(line));
    let [next, isLeftOut] = [0, true];
    for (const line of lines) {
      if (line === "…") { isLeftOut = true; continue; }
      const place = told.indexOf(line, next);
      expect(place, `"${line}", and nothing left out before it without a word`).toSatisfy((found: number) => (isLeftOut ? found >= next : found === next));
      [next, isLeftOut] = [place + 1, false];
    }
    expect(lines.length).toBeLessThanOrEqual(12);
  });
});
