/** Reading one message of a stream: in however many pieces it comes, it is read as soon as it is whole. */

import { expect, test } from "vitest";
import { address } from "../../../engine/index.ts";
import { keyringOf, memberlistCodec, type Connection } from "../../../adapter/index.ts";
import { readMessage } from "../../../adapter/exchange/read-message.ts";
import { aRecord, pushPull } from "../../builders.ts";

const peer = address("10.0.0.1:1");
/** These pieces come. Then the peer waits for its answer. */
const saying = (...pieces: readonly Uint8Array[]): Connection => ({
  peer, write: () => Promise.resolve(), end: () => {}, destroy: () => {},
  async *[Symbol.asyncIterator]() {
    yield* pieces;
    throw new Error("nothing more comes");
  },
});

test.each([
  ["plain", memberlistCodec({ compress: false })],
  ["compressed, with a label", memberlistCodec({ label: "blue" })],
  ["encrypted", memberlistCodec({ keyring: keyringOf([new Uint8Array(16)]) })],
] as const)("a message that is %s, wherever it is cut in two", async (_name, codec) => {
  const view = pushPull(true, aRecord("a"), aRecord("b", { status: "dead" }));
  const { length } = codec.encodeStream(view, "caller");
  for (let cut = 1; cut < length; cut++) {
    // Encrypted anew each time: nobody reads the same bytes twice.
    const bytes = codec.encodeStream(view, "caller");
    const reading = readMessage(saying(bytes.subarray(0, cut), bytes.subarray(cut)), peer, "caller", { codec, longest: 10_000, came: () => {} });
    expect(await reading, `cut after ${cut} bytes`).toMatchObject({ kind: "message", message: { kind: "push-pull", join: true } });
  }
});

test("a message as long as is accepted, and not one byte longer", async () => {
  const codec = memberlistCodec({ compress: false });
  const bytes = codec.encodeStream(pushPull(true, aRecord("a"), aRecord("b")), "caller");
  const read = (longest: number) => readMessage(saying(bytes.subarray(0, 40), bytes.subarray(40)), peer, "caller", { codec, longest, came: () => {} });
  expect(await read(bytes.length)).toMatchObject({ kind: "message" });
  expect(await read(bytes.length - 1)).toMatchObject({ kind: "refused", reason: "too-long" });
});
