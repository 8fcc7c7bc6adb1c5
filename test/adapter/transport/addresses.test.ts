/** What people write, what the machine has, and what becomes of it. */

import { describe, expect, test } from "vitest";
import { address } from "../../../engine/index.ts";
import { resolveAddress } from "../../../adapter/index.ts";
import { advertisedHost, type Interfaces } from "../../../adapter/transport/advertise.ts";
import { endpoints, hostFor, MOST } from "../../../adapter/transport/endpoints.ts";
import { addressOf, isEverywhere, splitHostPort } from "../../../adapter/transport/host.ts";

describe("host and port", () => {
  test.each([
    ["10.0.0.1:7946", "10.0.0.1", 7946], ["10.0.0.1", "10.0.0.1", undefined], ["[fd00::1]:7946", "fd00::1", 7946], ["[fd00::1]", "fd00::1", undefined], ["fd00::1", "fd00::1", undefined],
    ["[fe80::1%eth0]:1", "fe80::1%eth0", 1], ["db.example:7946", "db.example", 7946], ["db.example", "db.example", undefined], [":7946", "", 7946], ["127.0.0.1:0", "127.0.0.1", 0],
  ])("%s", (text, host, port) => expect(splitHostPort(text)).toEqual({ host, port }));

  test.each(["", ":", "a:", "a:b", "a:65536", "a:-1", "a:1:2", "a b", "[::1", "::1]:1", "[10.0.0.1]:1", "[::1]1", "a/b:1", "[]:1"])("%s is none", (text) =>
    expect(() => splitHostPort(text, "seed")).toThrow(expect.objectContaining({ code: "bad-option", message: expect.stringContaining(`the seed "${text}"`) as string })));
});

describe("addresses have one form", () => {
  test.each([
    ["10.0.0.1", "10.0.0.1:7"], ["::ffff:10.0.0.1", "10.0.0.1:7"], ["::FFFF:a00:1", "10.0.0.1:7"], ["FD00:0:0::1", "[fd00::1]:7"], ["fe80::1%eth0", "[fe80::1]:7"], ["db.example", undefined],
  ])("%s", (host, expected) => expect(addressOf(host, 7)).toBe(expected));

  test("everywhere", () => {
    expect(["0.0.0.0", "::", "0::0"].every(isEverywhere)).toBe(true);
    expect(["127.0.0.1", "::1", "10.0.0.0"].some(isEverywhere)).toBe(false);
  });
});

describe("a socket reaches", () => {
  test.each([
    ["10.0.0.1:7", "0.0.0.0", "10.0.0.1"], ["10.0.0.1:7", "::", "::ffff:10.0.0.1"], ["10.0.0.1:7", "fd00::2", undefined], ["[fd00::1]:7", "::", "fd00::1"], ["[fd00::1]:7", "10.0.0.2", undefined],
    ["[::ffff:10.0.0.1]:7", "10.0.0.2", "10.0.0.1"], ["[fe80::1]:7", "fe80::2%eth0", "fe80::1%eth0"], ["[fd00::1]:7", "fe80::2%eth0", "fd00::1"], ["10.0.0.1:0", "0.0.0.0", undefined], ["x", "::", undefined],
  ])("%s from %s at %s", (to, bound, host) => expect(hostFor(address(to), bound)?.host).toBe(host));

  test("what is remembered is bounded: invented senders push out one another, and nothing else happens", () => {
    const { from, to, remembered } = endpoints("0.0.0.0", () => undefined);
    const hosts = Array.from({ length: 40_000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
    expect(hosts.filter((host) => from(host, 7946) !== `${host}:7946` || to(address(`${host}:7946`))?.host !== host)).toEqual([]);
    expect(remembered()).toEqual({ to: 40_000 % MOST, from: 40_000 % MOST });
    const [one, again] = [from("10.0.0.1", 7946), from("10.0.0.1", 7946)];
    expect(one).toBe(again);
    expect(to(address("10.0.0.1:7946"))).toBe(to(address("10.0.0.1:7946")));
    expect(from("10.0.0.1", 0)).toBeUndefined();
  });

  test("so do invented ports of one host", () => {
    const { from, remembered } = endpoints("0.0.0.0", () => undefined);
    for (let port = 1; port <= 40_000; port++) from("10.0.0.1", port);
    expect(remembered()).toEqual({ to: 0, from: 40_000 % MOST });
  });
});

describe("who listens everywhere is known to peers by", () => {
  const on = (...addresses: readonly string[]): Interfaces => ({
    lo: [{ address: "127.0.0.1", family: "IPv4", internal: true }, { address: "::1", family: "IPv6", internal: true }],
    eth0: addresses.map((each) => ({ address: each, family: each.includes(":") ? "IPv6" as const : "IPv4" as const, internal: false })),
  });
  test.each([
    [["203.0.113.1", "10.0.0.1", "192.168.0.1"], "10.0.0.1", "10.0.0.1"], [["203.0.113.1", "fd00::1"], "203.0.113.1", "fd00::1"], [["2001:db8::1", "172.16.0.1"], "172.16.0.1", "172.16.0.1"],
    [["169.254.0.1", "fe80::1"], "127.0.0.1", "::1"], [["172.32.0.1", "100.64.0.1"], "100.64.0.1", "100.64.0.1"], [[], "127.0.0.1", "::1"], [["2001:db8::1"], "127.0.0.1", "2001:db8::1"],
  ])("with %s", (addresses, four, six) => {
    expect(advertisedHost("0.0.0.0", on(...addresses))).toBe(four);
    expect(advertisedHost("::", on(...addresses))).toBe(six);
  });
});

describe("seeds", () => {
  test("numbers are themselves, names are looked up, each address once", async () => {
    expect(await resolveAddress("10.0.0.1")).toEqual(["10.0.0.1:7946"]);
    expect(await resolveAddress("[FD00::1]:9")).toEqual(["[fd00::1]:9"]);
    expect(await resolveAddress("fd00::1", { port: 5 })).toEqual(["[fd00::1]:5"]);
    const found = await resolveAddress("localhost:9");
    expect(found.some((each) => each === "127.0.0.1:9" || each === "[::1]:9")).toBe(true);
    expect(new Set(found).size).toBe(found.length);
  });

  test("what leads nowhere, what says not enough, and who does not wait", async () => {
    await expect(resolveAddress("no-such-host.invalid")).rejects.toMatchObject({ code: "no-such-host", message: 'no host is called "no-such-host.invalid"' });
    await expect(resolveAddress(":7946")).rejects.toMatchObject({ code: "bad-option" });
    await expect(resolveAddress("10.0.0.1:0")).rejects.toMatchObject({ code: "bad-option" });
    await expect(resolveAddress("a b")).rejects.toMatchObject({ code: "bad-option" });
    await expect(resolveAddress("no-such-host.invalid", { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
  });
});
