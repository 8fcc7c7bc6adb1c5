/** The other members of a large idle group: each has its own address, answers, and sometimes sends, without being a complete member. */

import { exchanges, memberlistCodec, udpTcp, type Exchanges, type Transport } from "../adapter/index.ts";
import {
  assert, bytes, digestsOf, incarnation, instant, memberId, noGossip, noUserMessages, ORIGIN, presets, seqNo, start, step, viewOf,
  type Address, type Claim, type Datagram, type Event, type ExchangeId, type Member, type Request, type State,
} from "../engine/index.ts";

type Face = { readonly name: string; readonly address: Address; readonly transport: Transport; readonly streams: Exchanges };

/** The versions that memberlist announces, and none for an application. */
const VERSIONS = [1, 5, 2, 0, 0, 0] as const;

/** The depth of the trie at which views of this many members are compared. */
const DEPTH = 1;

const codec = memberlistCodec();
const carries = { gossip: noGossip, userMessages: noUserMessages };

export class Crowd {
  /** The address at which newcomers join. */
  readonly address: Address;
  private readonly faces: readonly Face[];
  /** What all of them hold: a member's state, as far as its view is used. */
  private state: State;

  private constructor(faces: readonly Face[]) {
    const [first] = faces;
    assert(first !== undefined, "a crowd of some");
    this.faces = faces;
    this.address = first.address;
    const view = viewOf(faces.map(({ name, address }) => recordOf(name, address, 1)));
    this.state = start({ config: presets.swimlab, id: memberId(first.name), address: first.address, now: ORIGIN, seed: 1, view });
  }

  static async of(count: number): Promise<Crowd> {
    let crowd: Crowd | undefined;
    const faces = await Promise.all(Array.from({ length: count }, async (_, number): Promise<Face> => {
      const [name, transport] = [`m${number + 1}`, udpTcp({ bind: "127.0.0.1:0" })];
      const nothing = (): void => {};
      const streams: Exchanges = exchanges({ transport, codec, hear: {
        opened: (from, exchange, request) => crowd?.opened(streams, from, exchange, request),
        answered: nothing, failed: nothing, dropped: nothing,
      } });
      const address = await transport.open({ packet: (from, packet) => crowd?.packet(number, from, packet), connection: streams.accept, undeliverable: nothing });
      return { name, address, transport, streams };
    }));
    crowd = new Crowd(faces);
    return crowd;
  }

  /** One of them pings a member. */
  ping(target: string, to: Address): void {
    const { name, address, transport } = this.anyone();
    transport.send(to, codec.encode({ kind: "ping", seq: seqNo(1), target: memberId(target), source: memberId(name), sourceAddress: address, ...carries }, 5));
  }

  /** One of them asks where their views differ. */
  compare(to: Address): void {
    this.anyone().streams.ask(to, { kind: "compare", depth: DEPTH, digests: digestsOf(this.state.view, DEPTH) });
  }

  async close(): Promise<void> {
    await Promise.all(this.faces.map(async ({ transport, streams }) => {
      streams.close();
      await transport.close();
    }));
  }

  private anyone(): Face {
    const face = this.faces[Math.floor(Math.random() * this.faces.length)];
    assert(face !== undefined, "a crowd of some");
    return face;
  }

  private packet(number: number, from: Address, packet: Uint8Array): void {
    const face = this.faces[number];
    const decoded = codec.decode(packet, from);
    if (!decoded.ok || face === undefined) return;
    const { message } = decoded;
    const say = (answer: Datagram): void => face.transport.send(from, codec.encode(answer, 5));
    for (const claim of message.gossip) if (claim.kind !== "alive") this.refute(claim, say);
    // A relay of this crowd knows that the target is there, and answers in its place.
    if (message.kind === "ping" || message.kind === "ping-req") say({ kind: "ack", seq: message.seq, payload: bytes(""), ...carries });
  }

  /** An answer was late because this machine was busy: a suspected member refutes. */
  private refute({ about, incarnation: held }: Exclude<Claim, { readonly kind: "alive" }>, say: (answer: Datagram) => void): void {
    const face = this.faces.find(({ name }) => name === about);
    if (face !== undefined) say({ kind: "gossip", gossip: [{ kind: "alive", member: recordOf(face.name, face.address, held + 1) }], userMessages: noUserMessages });
  }

  private opened(streams: Exchanges, from: Address, exchange: ExchangeId, message: Request): void {
    if (message.kind === "ping") return streams.answer(exchange, { kind: "ack", seq: message.seq, payload: bytes(""), ...carries });
    const event: Event = { kind: "exchange-opened", now: instant(Math.floor(performance.now() * 1_000)), from, exchange, message };
    const [state, effects] = step(this.state, event);
    this.state = state;
    for (const effect of effects) if (effect.kind === "answer") streams.answer(effect.exchange, effect.message);
  }
}

const recordOf = (name: string, address: Address, held: number): Member => ({
  id: memberId(name), address, meta: bytes(""), versions: [...VERSIONS], incarnation: incarnation(held), status: "alive",
});
