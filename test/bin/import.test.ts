/** `import`: a capture on the command line. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { keyringOf, memberlistCodec } from "../../adapter/index.ts";
import { simulator } from "../../bin/programs.ts";
import { encode, metaOf, type Datagram } from "../../engine/index.ts";
import { frames, links, pcap, udp, type Frame } from "../adapter/capture/wire.ts";
import { ack, alive, at, ping } from "../builders.ts";
import { hear, passingFolder } from "../cli/command.ts";

const folder = passingFolder();
const fixture = (name: string): string => fileURLToPath(new URL(`../adapter/capture/${name}`, import.meta.url));
const [plain, encrypted] = [fixture("serf.pcap"), fixture("serf-encrypted.pcap")];
const KEY = "hnF0FzMKGrq0bKYwr6lPS/Y+yQVUJgbE037jxN1+nQE=";
const named = (name: string): string => join(folder, name);
const call = (...args: readonly string[]) => hear((terminal) => simulator()(args, terminal));

/** What a says to b in this second, or b to a if its name says so. */
const said = (second: number, message: Datagram): readonly Frame[] =>
  frames([udp(at("source" in message ? message.source : "a"), at("source" in message && message.source === "b" ? "a" : "b"), encode(message))], links.ethernet, 1_700_000_000 + second);

writeFileSync(named("short.pcap"), readFileSync(plain).subarray(0, 20_000));
writeFileSync(named("head.pcap"), readFileSync(plain).subarray(0, 24));
writeFileSync(named("text.pcap"), "members: 8\n");

test("a report, and a trace that tells the same", async () => {
  const out = named("serf.trace");
  const { code, stdout, stderr } = await call("import", plain, "--out", out);
  expect({ code, stderr }).toEqual({ code: 0, stderr: `written to ${out}\n` });
  expect(stdout).toContain("377 packets in 32.4 s from 2026-");
  expect(stdout).toContain("Reconstructed: what members were told and said, not what they held.");
  expect(stdout).toMatch(/bob +127\.7\.1\.2:7946 +left@3 +94 +0–32\.4 s +2 \(1–5\) +role=db version=2/);
  expect(stdout).toMatch(/ping +78 +5,632/);
  expect(stdout).toMatch(/24\.223 s +\d\d:\d\d:\d\d\.\d{3} +dead +8 +cat@1 +ann\n/);
  expect(stdout).toMatch(/14 +not answered by members that said nothing else either/);
  const told = await call("trace", out, "--member", "cat", "--from", "17s");
  expect(told).toMatchObject({ code: 0, stderr: "" });
  expect(told.stdout).toMatch(/^# madeBy=swimlab kind=capture capture=serf\.pcap began=2026-\S+ members=3 note=reconstructed from packets/);
  expect(told.stdout).toContain("silent cat");
  expect(readdirSync(folder).filter((name) => name.includes("unfinished"))).toEqual([]);
});

test("--json is one document, with all of it", async () => {
  const { stdout } = await call("import", encrypted, "--key", KEY, "--out", named("json.trace"), "--json");
  const document: unknown = JSON.parse(stdout);
  expect(document).toMatchObject({
    packets: 129, members: [{ name: "ann", status: "alive", tags: { role: "web" } }, { name: "bob", status: "left" }, { name: "cat" }],
    pings: { asked: 24, answered: 24, lost: 0 }, lossPerPing: 0, unread: [], missing: null,
  });
});

test("several files are one capture, named after the first", async () => {
  const [one, other] = [pcap(said(0, ping("a", "b", 1))), pcap([...said(1, ping("b", "a", 1)), ...said(2, ping("a", "b", 2))])];
  writeFileSync(named("ring.pcap0"), other);
  writeFileSync(named("ring.pcap1"), one.subarray(0, -1));
  writeFileSync(named("ring.pcap2"), one);
  const { code, stdout, stderr } = await call("import", named("ring.pcap0"), named("ring.pcap1"), named("ring.pcap2"), "--out", named("ring.trace"));
  expect({ code, stderr }).toEqual({ code: 65, stderr: `written to ${named("ring.trace")}\n${named("ring.pcap1")}: the file ends within packet 1: everything before that was read\n` });
  expect(stdout).toMatch(/^ring\.pcap0 and 2 more\n3 packets in 2\.00 s from 2023-11-14T22:13:20\.000Z, 2 members\n/);
  expect((await call("import", fixture("serf.pcap"), "--out", named("clock.trace"))).stdout).toMatch(/from 2026-\S+T(\d\d:\d\d:\d\d)(.|\n)* 0\.\d{3} s {2}\1\.\d{3} {2}alive/);
  expect(stdout).toMatch(/ {2}a +10\.0\.0\.1:7946 .* 2 +0–2\.00 s/);
  expect((await call("import", named("ring.pcap0"), named("text.pcap"))).stderr).toBe(`${named("text.pcap")}: this is not a packet capture: neither pcap nor pcapng\n`);
});

test("a member is known by its own tags, whoever else claims its name", async () => {
  const claims = ["web", "impostor"].map((role, n) => {
    const claim = alive("a", 1, metaOf([["role", role]]));
    return { ...claim, member: { ...claim.member, address: n === 0 ? claim.member.address : at("c") } };
  });
  writeFileSync(named("twice.pcap"), pcap([...said(0, ping("a", "b", 1)), ...claims.flatMap((claim, n) => said(n + 1, ack(n, claim)))]));
  expect((await call("import", named("twice.pcap"), "--out", named("twice.trace"))).stdout).toMatch(/ {2}a +10\.0\.0\.1:7946 .*role=web\n/);
});

test("where the key was changed, it is said that another is needed", async () => {
  const other = "4hbBA4eSgxKT5/aXYg0ZlrzqHrbWtJ4kEHVxmKVFMRI=";
  const sealed = [KEY, other].map((key, n) => udp(at("a"), at("b"), memberlistCodec({ keyring: keyringOf([key]) }).encode(ping("a", "b", n), null)));
  writeFileSync(named("rotated.pcap"), pcap(frames(sealed)));
  const keyed = (...keys: readonly string[]) => call("import", named("rotated.pcap"), "--out", named("rotated.trace"), ...keys.flatMap((key) => ["--key", key]));
  expect((await keyed(KEY)).stderr).toBe(`written to ${named("rotated.trace")}\nmessages not decrypted: 1; if the group changed its key, name the other one with another --key\n`);
  expect((await keyed(KEY, other)).stderr).toBe(`written to ${named("rotated.trace")}\n`);
});

test("a file that ends too early is read up to there", async () => {
  const { code, stdout, stderr } = await call("import", named("short.pcap"), "--out", named("short.trace"));
  expect(code).toBe(65);
  expect(stdout).toContain("MEMBERS");
  expect(stderr).toMatch(/short\.pcap: the file ends within packet \d+: everything before that was read\n$/);
  expect(existsSync(named("short.trace"))).toBe(true);
});

test.each<readonly [code: number, says: string, args: readonly string[]]>([
  [64, "name a capture, such as capture.pcap: docs/capture.md shows how to take one", []],
  [64, "--port 0 is impossible: write a whole number from 1 to 65,535", [plain, "--port", "0"]],
  [64, "--port http is impossible: write a whole number from 1 to 65,535", [plain, "--port", "http"]],
  [64, "a key of 3 bytes: it must have 16, 24 or 32, for AES-128, AES-192 or AES-256", [plain, "--key", "AAAA"]],
  [64, "the label has 256 bytes: at most 255 are allowed", [plain, "--label", "x".repeat(256)]],
  [64, "--out needs the name of a file", [plain, "--out", ""]],
  [64, "unknown option --kye: did you mean --key?", [plain, "--kye", KEY]],
  [65, `${named("text.pcap")}: this is not a packet capture: neither pcap nor pcapng`, [named("text.pcap")]],
  [65, `${named("head.pcap")}: the capture has no packets`, [named("head.pcap")]],
  [65, `${encrypted}: the members' messages are encrypted: give their key with --key`, [encrypted]],
  [65, `${encrypted}: none of these keys decrypts the members' messages`, [encrypted, "--key", "AAAAAAAAAAAAAAAAAAAAAA=="]],
  [65, `${plain}: the members' messages have another label`, [plain, "--label", "east"]],
  [65, `${plain}: nobody speaks memberlist here on port 8301: name another with --port`, [plain, "--port", "8301"]],
  [66, "there is no file nowhere.pcap", ["nowhere.pcap"]],
  [73, "/dev/null/x.trace can't be written: ", [plain, "--out", "/dev/null/x.trace"]],
])("%d: %s", async (code, says, args) => {
  const outcome = await call("import", ...args);
  expect(outcome.code).toBe(code);
  expect(outcome.stderr.startsWith(says)).toBe(true);
  expect(outcome.stderr.trimEnd().split("\n")).toHaveLength(1);
});

test("it is known by its name", async () => {
  expect(await call("improt")).toMatchObject({ code: 64, stderr: "unknown command improt: did you mean import?\n" });
});
