/** What a stranger throws at a member over real sockets, as whoever scrapes it sees it: the counter of the right reason has risen, and no other. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keyringOf, memberlistCodec } from "../../../adapter/index.ts";
import { metricsOf, serveMetrics, type MetricsServer } from "../../../adapter/metrics/index.ts";
import { fiveClaims, ping } from "../codec/messages.ts";
import { aTarget, type Target } from "../hostile/target.ts";
import { until } from "../until.ts";
import { readPrometheus } from "./prometheus.ts";

type Drops = Readonly<Record<string, number>>;

/** The counters of drops, by reason, as the endpoint tells them. */
async function dropsAt({ url }: MetricsServer): Promise<Drops> {
  const figures = readPrometheus(await (await fetch(`${url}/metrics`)).text());
  return Object.fromEntries((figures.get("swimlab_drops_total")?.samples ?? []).map(({ labels, value }) => [labels["reason"] ?? "", value]));
}

/** What has risen between two scrapes, and by how much. */
const risen = (before: Drops, after: Drops): Drops => Object.fromEntries(Object.entries(after).map(([reason, count]) => [reason, count - (before[reason] ?? 0)] as const).filter(([, more]) => more !== 0));

const [KEY, OTHER] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];
/** It tells nothing: the one under our key is heard, as a question to somebody else. */
const sealed = (key: Uint8Array): Uint8Array => memberlistCodec({ keyring: keyringOf([key]) }).encode(ping(), 5);
const plain = memberlistCodec().encode(ping(1, fiveClaims), 5);
/** By itself, and without a checksum. */
const bare = memberlistCodec({ compress: false }).encode(ping(), null);
/** With one bit of one byte turned. */
const flipped = (packet: Uint8Array, at: number): Uint8Array => packet.with(at, (packet.at(at) ?? 0) ^ 1);
const labelled = (): Uint8Array => memberlistCodec({ label: "others" }).encode(ping(), 5);

type Case = readonly [what: string, reason: string, packets: readonly Uint8Array[]];
const again = sealed(KEY);

describe.each<readonly [string, object, readonly Case[]]>([
  ["that speaks plainly", {}, [
    ["a packet of nothing known", "malformed", [Uint8Array.of(99, 1, 2, 3)]],
    ["a packet whose end is missing", "malformed", [bare.subarray(0, -3)]],
    ["one whose end is missing, where there is a checksum", "damaged", [plain.subarray(0, -3)]],
    ["one whose bytes are not those of its checksum", "damaged", [flipped(plain, -1)]],
    ["one of another group's, by its label", "label", [labelled()]],
    ["one that is encrypted", "undecipherable", [sealed(KEY)]],
  ]],
  ["that encrypts", { keys: [KEY] }, [
    ["a packet under another key", "undecipherable", [sealed(OTHER)]],
    ["one whose end is missing", "undecipherable", [sealed(KEY).subarray(0, -3)]],
    ["one with a bit turned", "undecipherable", [flipped(sealed(KEY), 20)]],
    ["one in plain text", "plain", [plain]],
    // Once it is heard.
    ["one that comes again", "replayed", [again, again, again]],
  ]],
])("a scrape of a member %s", (_, options, cases) => {
  let target: Target;
  let server: MetricsServer;
  beforeAll(async () => {
    target = await aTarget(options);
    server = await serveMetrics({ at: "0", metrics: metricsOf(target.member), member: target.member });
  });
  afterAll(async () => {
    await server.close();
    await target.close();
  });

  test.for(cases)("%s is counted as %s", async ([, reason, packets]) => {
    const before = await dropsAt(server);
    const times = reason === "replayed" ? packets.length - 1 : packets.length;
    // Until it has counted them all.
    await target.throwAll(packets);
    expect(risen(before, await dropsAt(server))).toEqual({ [reason]: times });
  });

  test("a stream that begins with noise is counted too, and the member lives", async () => {
    const before = await dropsAt(server);
    await target.say(Uint8Array.of(99, 1, 2, 3));
    // What is encrypted says so in a stream's first byte.
    const reason = "keys" in options ? "plain" : "malformed";
    await until("it is scraped", async () => Object.keys(risen(before, await dropsAt(server))).length > 0);
    expect(risen(before, await dropsAt(server))).toEqual({ [reason]: 1 });
    await target.assertLives();
  });
});
