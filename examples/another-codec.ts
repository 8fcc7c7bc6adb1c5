/** Another codec: messages as lines of JSON, to be read by eye. `node --import tsx examples/another-codec.ts` */

import { createMember, type Codec, type MemberOptions } from "../adapter/index.ts";
import { membersOf, viewOf, type Answer, type Datagram, type Message, type Request } from "../engine/index.ts";

/** Views are tries: on the wire they are lists. Else messages are plain data. */
const say = (message: Message): Uint8Array => Buffer.from(`${JSON.stringify("view" in message ? { ...message, view: membersOf(message.view) } : message)}\n`);

function read(bytes: Uint8Array): Message | undefined {
  try {
    const said = JSON.parse(Buffer.from(bytes).toString());
    return "view" in said ? { ...said, view: viewOf(said.view) } : said;
  } catch {
    return undefined;
  }
}

/** JSON is some three times as long as memberlist's wire: a datagram of at most 400 bytes there stays below 1,400 here. */
const json: Codec = {
  overhead: 1_000,
  encode: (message) => say(message),
  decode: (packet) => {
    const message = read(packet);
    return message === undefined ? { ok: false, reason: "malformed", why: "no JSON" } : { ok: true, message: message as Datagram, unread: [] };
  },
  encodeStream: (message) => say(message),
  decodeStream: (bytes) => {
    if (bytes.at(-1) !== 10) return { kind: "more", atLeast: bytes.length + 1 };
    const message = read(bytes);
    return message === undefined ? { kind: "refused", reason: "malformed", why: "no JSON" } : { kind: "message", message: message as Request | Answer, unread: [] };
  },
};

const options = (name: string): MemberOptions => ({ name, bind: "127.0.0.1:0", codec: json });
await using a = await createMember(options("a"));
await using b = await createMember(options("b"));
console.log("let in by", await b.join([a.address]));
const word = a.once("message");
b.send("a", "in JSON");
console.log("a hears", Buffer.from((await word).payload).toString());
