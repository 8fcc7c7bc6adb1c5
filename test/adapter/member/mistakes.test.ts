/** What users get wrong: one clear sentence and a code, before anything is opened. */

import { describe, expect, test } from "vitest";
import { createMember, memberlistCodec, type MemberOptions, type Transport } from "../../../adapter/index.ts";
import { address } from "../../../engine/index.ts";
import { aRecord } from "../../builders.ts";
import { aMemberIn, aWorld, stopAll } from "./group.ts";

/** Counts how often it is opened and closed. */
function watched(): { readonly transport: Transport; readonly calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    transport: {
      open: () => { calls.push("open"); return Promise.resolve(address("10.0.0.1:7946")); },
      send: () => {},
      connect: () => Promise.reject(new Error("nobody")),
      close: () => { calls.push("close"); return Promise.resolve(); },
    },
  };
}

/** As JavaScript would pass it. */
const sloppy = (options: object): Partial<MemberOptions> => options;

describe("options are refused before anything is opened", () => {
  test.for<readonly [what: string, options: Partial<MemberOptions>, code: string, says: RegExp]>([
    ["an empty name", { name: "" }, "bad-option", /needs a name/],
    ["a name that is no text", sloppy({ name: 7 }), "bad-option", /needs a name/],
    ["half a character", { name: "a\ud800" }, "bad-option", /not valid Unicode/],
    ["a name that Serf would refuse", { name: "a b", preset: "serf" }, "bad-option", /Serf would refuse/],
    ["a name that fits in no datagram", { name: "n".repeat(1_400) }, "too-long", /has room for/],
    ["an option that there is not", sloppy({ sedes: [] }), "bad-option", /no option "sedes"/],
    ["a hook that there is not", { hooks: sloppy({ admits: () => true }) as never }, "bad-option", /no hook "admits"/],
    ["a hook that is none", { hooks: { admit: "yes" as never } }, "bad-option", /admit is not a function/],
    ["an unknown preset", sloppy({ preset: "consul" }), "bad-option", /no preset "consul": choose one of swimlab, serf/],
    ["an unknown field", { config: sloppy({ probeEvery: 1 }) as never }, "bad-option", /no config.probeEvery$/],
    ["memberlist's name for a field", { config: sloppy({ ProbeInterval: 1 }) as never }, "bad-option", /no config.ProbeInterval: memberlist's ProbeInterval is periodEvery here/],
    ["a period of nothing", { config: { periodEvery: 0 as never } }, "bad-option", /config.periodEvery is 0/],
    ["half a microsecond", { config: { gossipEvery: 0.5 as never } }, "bad-option", /whole number/],
    ["a word that is none of the choices", { config: { buddy: "sometimes" as never } }, "bad-option", /"off" or "own-pings" or "every-ping"/],
    ["a ping that outlasts the period", { config: { askRelaysAfter: 2_000_000 as never } }, "bad-option", /must be less than config.periodEvery/],
    ["a datagram above UDP's", { config: { datagramBudget: 70_000 } }, "bad-option", /from 0 to 65507/],
    ["a datagram that holds nothing", { config: { datagramBudget: 60 } }, "too-long", /room for/],
    ["a meta too long", { meta: new Uint8Array(513) }, "too-long", /the meta takes 513 bytes: at most 512 are allowed/],
    ["tags too long", { tags: { k: "v".repeat(600) } }, "too-long", /the tags take/],
    ["a tag that is no text", { tags: { port: 80 as never } }, "bad-option", /the tag "port" is not a string/],
    ["tags and meta", { tags: {}, meta: new Uint8Array() }, "bad-option", /tags and meta can't be combined/],
    ["a key of the wrong length", { keys: [new Uint8Array(15)] }, "bad-option", /15 bytes: it must have 16, 24 or 32/],
    ["a key that is no base64", { keys: ["not base64!"] }, "bad-option", /base64/],
    ["a limit of streams that there is not", { streams: sloppy({ timeout: 1 }) as never }, "bad-option", /streams must be limits: .*`deadline`/],
    ["a deadline of nothing", { streams: { deadline: 0 } }, "bad-option", /streams must be limits/],
    ["an incarnation below the first", { incarnation: 0 }, "bad-option", /incarnation is 0: it must be a whole number from 1/],
    ["known members that are none", { knows: [7 as never] }, "bad-option", /must be the `record` of a peer/],
    ["a peer instead of its record", sloppy({ knows: [{ name: "b", address: "10.0.0.2:7946", status: "alive" }] }), "bad-option", /must be the `record` of a peer/],
    ["no, as a text", sloppy({ verifyIncoming: "false", transport: undefined }), "bad-option", /verifyIncoming must be true or false/],
    ["Serf's layer, as a number", sloppy({ serf: 0 }), "bad-option", /serf must be true or false/],
    ["a list of tags", sloppy({ tags: ["web"] }), "bad-option", /tags must be an object: texts by key/],
    ["a key that is no text", sloppy({ keys: [null] }), "bad-option", /a key is base64 text or a Uint8Array/],
    ["a transport that is none", sloppy({ transport: {} }), "bad-option", /transport must be a transport: an object with `open`/],
    ["a codec that is none", sloppy({ codec: {} }), "bad-option", /codec must be a codec/],
    ["a clock that is none", sloppy({ clock: Date }), "bad-option", /clock must be a clock/],
    ["a recorder that is none", sloppy({ recorder: "member.flight" }), "bad-option", /recorder must be a recorder/],
    ["a seed that is a URL", { transport: undefined as never, seeds: ["http://10.0.0.1:7946"] }, "bad-option", /the address "http:\/\/10.0.0.1:7946" is not host:port/],
    ["a seed without a host", { transport: undefined as never, seeds: [":7946"] }, "bad-option", /the address ":7946" has no host/],
    ["known members that are gone", { knows: [aRecord("b", { status: "dead" })] }, "bad-option", /must be alive/],
    ["a label too long", { label: "l".repeat(256) }, "bad-option", /256 bytes/],
    ["keys for a codec of one's own", { codec: memberlistCodec(), keys: [] }, "bad-option", /codec and keys can't be combined/],
    ["a port for a transport of one's own", { bind: "0.0.0.0:1" }, "bad-option", /transport and bind can't be combined/],
    ["a range that is none", { allow: ["10.0.0.0/40"] }, "bad-option", /allow: "10.0.0.0\/40" is no range/],
    ["a seed that is no number", { seed: -1 }, "bad-option", /seed is -1/],
    ["a life before the first", { generation: 0 }, "bad-option", /generation is 0/],
    ["versions of nothing", sloppy({ versions: { least: 1 } }), "bad-option", /versions must be whole numbers from 0 to 255/],
    ["a version above a byte's", { versions: { least: 0, greatest: 256, spoken: 0 } }, "bad-option", /from 0 to 255/],
    ["a version that is spoken and not understood", { versions: { least: 1, greatest: 2, spoken: 3 } }, "bad-option", /`least` no greater than `spoken`/],
    ["versions of one's own under Serf", { preset: "serf", versions: { least: 1, greatest: 1, spoken: 1 } }, "bad-option", /Serf's own are spoken/],
    ["one seed that is no list", sloppy({ seeds: "10.0.0.1:7946" }), "bad-option", /seeds must be a list of texts, or a function/],
    ["a meta that is a text", sloppy({ meta: "role=web" }), "bad-option", /meta must be a Uint8Array/],
    ["a signal that is none", sloppy({ signal: new AbortController() }), "bad-option", /signal must be an AbortSignal/],
    ["broadcasts told on by the engine under Serf", { preset: "serf", config: { broadcastRelay: "on" } }, "bad-option", /broadcastRelay must be "off" under Serf/],
    ["state of one's own under Serf", { preset: "serf", hooks: { localState: () => new Uint8Array() } }, "bad-option", /can't be combined/],
  ])("%s", async ([, options, code, says]) => {
    const { transport, calls } = watched();
    await expect(createMember({ name: "a", transport, ...options })).rejects.toMatchObject({ name: "MemberError", code, message: expect.stringMatching(says) });
    expect(calls).toEqual([]);
  });

  test("no options at all", async () => {
    await expect(createMember(undefined as never)).rejects.toMatchObject({ code: "bad-option" });
  });

  test("a recorder that another member was given, running or not; but not one whose member never ran", async () => {
    const world = aWorld();
    const recorder = { close: () => {} };
    const a = await aMemberIn(world, "a");
    await expect(createMember({ ...world.host("b", a.address), recorder })).rejects.toMatchObject({ code: "port-in-use" });
    const b = await aMemberIn(world, "b", { recorder });
    const again = { code: "bad-option", message: "this recorder was given to a member before, which closes it when it stops: make one for each" };
    await expect(aMemberIn(world, "c", { recorder })).rejects.toMatchObject(again);
    await b.stop();
    await expect(aMemberIn(world, "c", { recorder })).rejects.toMatchObject(again);
    // What nobody closes may watch many.
    const watch = { stepped: () => {} };
    await stopAll([a, await aMemberIn(world, "d", { recorder: watch }), await aMemberIn(world, "e", { recorder: watch })]);
  });

  test("the transport's own refusal is handed on", async () => {
    const world = aWorld();
    const a = await aMemberIn(world, "a");
    await expect(createMember({ ...world.host("b", a.address) })).rejects.toMatchObject({ code: "port-in-use" });
    await a.stop();
  });
});

describe("names of any kind", () => {
  test("strange ones are members like any other", async () => {
    const world = aWorld();
    const strange = ["​", "名前", "../../etc", "\u001b[31mred", "👩‍👩‍👧", "a".repeat(500), "__proto__", "constructor"];
    const a = await aMemberIn(world, "a");
    const members = [];
    for (const name of strange) members.push(await aMemberIn(world, name, { seeds: [a.address] }));
    await world.pass(10);
    expect(new Set(a.members().map(({ name }) => name))).toEqual(new Set(["a", ...strange]));
    expect(a.find("__proto__")?.name).toBe("__proto__");
    for (const member of [a, ...members]) await member.stop();
  });
});
