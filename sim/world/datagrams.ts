/** Datagrams under way: sent, held up, harmed, delivered to the post; each is counted. */

import type { Address, Datagram, Effect, Instant } from "../../engine/index.ts";
import type { Load } from "../measure/load.ts";
import type { Births } from "./birth.ts";
import type { Network } from "./network.ts";
import type { Parcel, Post } from "./post.ts";

/** The parts of the world that datagrams use. */
type Line = { readonly network: Network; readonly births: Births; readonly post: Post; readonly load: Load; readonly clock: () => Instant };

export class Datagrams {
  private readonly line: Line;

  constructor(line: Line) {
    this.line = line;
  }

  /** A member sends a datagram to any address. */
  send(source: number, { to, message, size }: Extract<Effect, { kind: "send" }>): void {
    const { network, births, load } = this.line;
    load.datagram(message.kind, size);
    network.fates.datagramSent();
    const target = births.memberAt(to);
    if (target === undefined) return network.fates.lost("nobody");
    if (network.mayHold && network.clogs.takesDatagram(source, target, size, () => this.pass(source, target, message, size))) return;
    this.pass(source, target, message, size);
  }

  private pass(source: number, target: number, message: Datagram, size: number): void {
    const { network, births, post, clock } = this.line;
    const fate = network.fateOf(source, target, clock(), network.isHarmful ? { message, size, from: births.addressFor(source) satisfies Address } : undefined);
    if (fate.first === null) return;
    const parcel: Parcel = { kind: "datagram", from: source, to: target, message: fate.message ?? message };
    post.add(fate.first, parcel);
    if (fate.second !== null) post.add(fate.second, parcel);
    if (fate.again !== undefined) post.add(fate.again, parcel);
  }
}
