/** Writes the lines of a flight: an event in about a dozen bytes. The layout is in `schema.ts`; `read.ts` is the mirror. */

import {
  type Address, type Answer, type Claim, type Datagram, differences, emptyView, type Event, impossible, type Member, type MemberId, type Request, sizeOf, type Status,
  type View,
} from "../../engine/index.ts";
import { codeOf } from "../word.ts";
import type { Ink } from "./ink.ts";

/** In the order of their numbers in the file: append only. */
export const claimKinds = ["alive", "suspect", "dead", "left"] as const satisfies readonly Claim["kind"][];
export const statuses = ["alive", "suspect", "dead", "left"] as const satisfies readonly Status[];
export const priorities = ["urgent", "normal", "bulk"] as const;
export const roads = ["datagram", "stream"] as const;

/** Flags for fields of a ping with their usual values: see `Pen.asker`. */
export const usual = { target: 1, sourceAddress: 2, source: 4 } as const;

/** Looked up once, because every event needs one. */
const codes = {
  woke: codeOf("woke"), ping: codeOf("ping"), ack: codeOf("ack"), "ping-req": codeOf("ping-req"), nack: codeOf("nack"), gossip: codeOf("gossip"),
  "exchange-opened": codeOf("exchange-opened"), "exchange-answered": codeOf("exchange-answered"), "asked-to-join": codeOf("asked-to-join"),
  "asked-to-leave": codeOf("asked-to-leave"), "asked-to-update": codeOf("asked-to-update"), "woke-mute": codeOf("woke-mute"),
  undeliverable: codeOf("undeliverable"), "asked-to-send": codeOf("asked-to-send"), "asked-to-broadcast": codeOf("asked-to-broadcast"),
  "asked-to-ping": codeOf("asked-to-ping"), "asked-to-attach": codeOf("asked-to-attach"), "push-pull": codeOf("push-pull"),
  compare: codeOf("compare"), patch: codeOf("patch"), user: codeOf("user"),
} as const;

/** Writes the events of one member, and keeps context that makes the next ones shorter. */
export class Pen {
  readonly ink: Ink;
  private who = "";
  private base: View = emptyView;
  /** The member that asked last from an address, by the address's number among known texts; dense, because a list with gaps is slow. */
  private sources: string[] = [];

  constructor(ink: Ink) {
    this.ink = ink;
  }

  /** Starts anew after a key-frame: known texts are forgotten, and whole views are written as differences from this one. */
  begin(who: MemberId, view: View): void {
    this.who = who;
    this.base = view;
    this.sources = [];
  }

  /**
   * Writes a line: its head, and the event. Each kind is checked once, and fields are read only where the kind is known, because reading from objects of many
   * shapes is slow.
   */
  line(event: Event, wait: number, check: number): void {
    const { ink } = this;
    switch (event.kind) {
      case "woke":
        ink.head(codes.woke, wait, check);
        return;
      case "received":
        this.received(event.message, event.from, wait, check);
        return;
      default:
        ink.head(codes[event.kind], wait, check);
        this.seldom(event);
    }
  }

  private received(message: Datagram, from: Address, wait: number, check: number): void {
    const { ink } = this;
    switch (message.kind) {
      case "ping": {
        ink.head(codes.ping, wait, check);
        const number = ink.familiar(from);
        this.carried(message.gossip, message.userMessages);
        ink.number(message.seq);
        this.asker(message.target, message.source, message.sourceAddress, from, number);
        return;
      }
      case "ack":
        ink.head(codes.ack, wait, check);
        ink.familiar(from);
        this.carried(message.gossip, message.userMessages);
        ink.number(message.seq);
        ink.known(message.payload);
        return;
      case "gossip":
        ink.head(codes.gossip, wait, check);
        ink.familiar(from);
        this.carried(message.gossip, message.userMessages);
        return;
      default:
        ink.head(codes[message.kind], wait, check);
        this.datagram(message, from, ink.familiar(from));
    }
  }

  private carried(gossip: readonly Claim[], userMessages: readonly string[]): void {
    const { ink } = this;
    ink.whole(gossip.length);
    ink.whole(userMessages.length);
    for (const claim of gossip) this.claim(claim);
    for (const payload of userMessages) ink.known(payload);
  }

  private seldom(event: Exclude<Event, { readonly kind: "received" | "woke" }>): void {
    const { ink } = this;
    switch (event.kind) {
      case "exchange-opened":
        ink.number(event.exchange);
        this.streamed(event.message, event.from);
        return;
      case "exchange-answered":
        this.streamed(event.message, event.from);
        return;
      case "woke-mute":
      case "asked-to-leave":
        return;
      case "undeliverable":
        ink.known(event.to);
        return;
      default:
        this.wish(event);
    }
  }

  /** A command of the application. */
  private wish(event: Extract<Event, { readonly kind: "asked-to-join" | "asked-to-update" | "asked-to-send" | "asked-to-broadcast" | "asked-to-ping" | "asked-to-attach" }>): void {
    const { ink } = this;
    switch (event.kind) {
      case "asked-to-join":
        ink.whole(event.seeds.length);
        for (const seed of event.seeds) ink.known(seed);
        return;
      case "asked-to-update":
        ink.known(event.meta);
        return;
      case "asked-to-send":
        ink.known(event.to);
        ink.known(event.payload);
        ink.byte(roads.indexOf(event.over));
        return;
      case "asked-to-broadcast":
        ink.known(event.payload);
        ink.known(event.key);
        ink.byte(priorities.indexOf(event.priority));
        return;
      case "asked-to-ping":
        ink.known(event.to);
        ink.known(event.target);
        return;
      case "asked-to-attach":
        ink.known(event.toAcks);
        ink.known(event.toViews);
        return;
      default:
        impossible(event);
    }
  }

  private datagram(message: Datagram, from: Address, number: number): void {
    const { ink } = this;
    this.carried(message.gossip, message.userMessages);
    switch (message.kind) {
      case "ping":
        ink.number(message.seq);
        this.asker(message.target, message.source, message.sourceAddress, from, number);
        return;
      case "ack":
        ink.number(message.seq);
        ink.known(message.payload);
        return;
      case "ping-req":
        ink.number(message.seq);
        this.asker(message.target, message.source, message.sourceAddress, from, number);
        ink.known(message.targetAddress);
        ink.byte(message.wantsNack ? 1 : 0);
        return;
      case "nack":
        ink.number(message.seq);
        return;
      case "gossip":
        return;
      default:
        impossible(message);
    }
  }

  /** Target, source and source address. Mostly the target is us, the address is the sender's, and the source is the one that last asked from there: then one bit each, because comparing is cheaper than looking up. */
  private asker(target: MemberId, source: MemberId, sourceAddress: Address, from: Address, number: number): void {
    const { ink } = this;
    const flags = (target === this.who ? usual.target : 0) | (sourceAddress === from ? usual.sourceAddress : 0) | (source === this.sources[number] ? usual.source : 0);
    ink.byte(flags);
    if ((flags & usual.target) === 0) ink.known(target);
    if ((flags & usual.sourceAddress) === 0) ink.known(sourceAddress);
    if ((flags & usual.source) !== 0) return;
    ink.known(source);
    while (this.sources.length < number) this.sources.push("");
    this.sources[number] = source;
  }

  private streamed(message: Request | Answer, from: Address): void {
    const { ink } = this;
    ink.byte(codes[message.kind]);
    const number = ink.familiar(from);
    switch (message.kind) {
      case "push-pull":
        ink.byte(message.join ? 1 : 0);
        this.view(message.view);
        ink.known(message.userState);
        return;
      case "compare":
        ink.number(message.depth);
        ink.whole(message.digests.length);
        for (const { high, low } of message.digests) {
          ink.word(high);
          ink.word(low);
        }
        return;
      case "patch":
        ink.number(message.depth);
        ink.whole(message.parts.length);
        for (const part of message.parts) ink.number(part);
        this.view(message.view);
        return;
      case "user":
        ink.known(message.payload);
        return;
      case "ping":
      case "ack":
        this.datagram(message, from, number);
        return;
      default:
        impossible(message);
    }
  }

  /**
   * Writes a view as differences from the last whole view: in a settled group there are none. A small view, such as a newcomer's or a patch, is written as differences
   * from the empty view, and does not become the base of the next.
   */
  view(view: View): void {
    const { ink } = this;
    const isWhole = sizeOf(view) * 2 > sizeOf(this.base);
    const changed = differences(isWhole ? this.base : emptyView, view);
    ink.byte(isWhole ? 1 : 0);
    ink.whole(changed.length);
    for (const { mine, theirs } of changed) {
      ink.byte(theirs === undefined ? 0 : 1);
      if (theirs !== undefined) this.member(theirs);
      else if (mine !== undefined) ink.known(mine.id);
    }
    if (isWhole) this.base = view;
  }

  private claim(claim: Claim): void {
    const { ink } = this;
    switch (claim.kind) {
      case "alive":
        ink.byte(0);
        this.member(claim.member);
        return;
      default:
        ink.byte(claim.kind === "suspect" ? 1 : claim.kind === "dead" ? 2 : 3);
        ink.known(claim.about);
        ink.number(claim.incarnation);
        ink.known(claim.from);
    }
  }

  private member({ id, address, meta, versions, incarnation, status }: Member): void {
    const { ink } = this;
    ink.known(id);
    ink.known(address);
    ink.known(meta);
    ink.whole(versions.length);
    for (const version of versions) ink.number(version);
    ink.number(incarnation);
    ink.byte(statuses.indexOf(status));
  }
}
