/** Reads the lines of a flight: the mirror of `write.ts`. The result is validated field by field afterwards. */

import { bytes, emptyView, type Instant, type Member, type MemberId, memberId, put, remove, type View } from "../../engine/index.ts";
import { isMember } from "../message-shape.ts";
import { type Word, wordAt } from "../word.ts";
import type { Source } from "./source.ts";
import { claimKinds, priorities, roads, statuses, usual } from "./write.ts";

/** Reads the events of one member, and keeps the same context as the writer did. */
export class Glass {
  source: Source;
  private who = "";
  private base: View = emptyView;
  private readonly sources = new Map<string, string>();

  constructor(source: Source) {
    this.source = source;
  }

  /** See `Pen.begin`. */
  begin(who: MemberId, view: View): void {
    this.who = who;
    this.base = view;
  }

  /** The event of a line of this word, after its head. */
  event(word: Word, now: Instant): unknown {
    const { source } = this;
    switch (word) {
      case "woke":
      case "woke-mute":
      case "asked-to-leave":     return { kind: word, now };
      case "ping":
      case "ack":
      case "ping-req":
      case "nack":
      case "gossip":             return this.received(word, now);
      case "exchange-opened":    return { kind: word, now, exchange: source.number(), ...this.streamed() };
      case "exchange-answered":  return { kind: word, now, ...this.streamed() };
      case "undeliverable":      return { kind: word, now, to: source.known() };
      case "asked-to-join":      return { kind: word, now, seeds: source.list(() => source.known()) };
      case "asked-to-update":    return { kind: word, now, meta: source.known() };
      case "asked-to-send":      return { kind: word, now, to: source.known(), payload: source.known(), over: roads[source.byte()] };
      case "asked-to-broadcast": return { kind: word, now, payload: source.known(), key: source.known(), priority: priorities[source.byte()] };
      case "asked-to-ping":      return { kind: word, now, to: source.known(), target: source.known() };
      case "asked-to-attach":    return { kind: word, now, toAcks: source.known(), toViews: source.known() };
      // Messages that only streams carry never begin a line; births and disruptions are no events.
      default:                   return source.wrong();
    }
  }

  private received(kind: Word, now: Instant): unknown {
    const from = this.source.known();
    return { kind: "received", now, from, message: this.datagram(kind, from) };
  }

  private datagram(kind: Word, from: string): unknown {
    const { source } = this;
    const [claims, words] = [source.count(), source.count()];
    const carried = { gossip: source.many(claims, () => this.claim()), userMessages: source.many(words, () => source.known()) };
    switch (kind) {
      case "ping":     return { kind, seq: source.number(), ...this.asker(from), ...carried };
      case "ack":      return { kind, seq: source.number(), payload: source.known(), ...carried };
      case "ping-req": return { kind, seq: source.number(), ...this.asker(from), targetAddress: source.known(), wantsNack: source.byte() === 1, ...carried };
      case "nack":     return { kind, seq: source.number(), ...carried };
      default:         return { kind, ...carried };
    }
  }

  private asker(from: string): object {
    const { source } = this;
    const flags = source.byte();
    const target = (flags & usual.target) === 0 ? source.known() : this.who;
    const sourceAddress = (flags & usual.sourceAddress) === 0 ? source.known() : from;
    const asker = (flags & usual.source) === 0 ? source.known() : (this.sources.get(from) ?? "");
    this.sources.set(from, asker);
    return { target, source: asker, sourceAddress };
  }

  private streamed(): object {
    const { source } = this;
    const kind = wordAt(source.byte());
    const from = source.known();
    switch (kind) {
      case "push-pull": return { from, message: { kind, join: source.byte() === 1, view: this.view(), userState: source.known() } };
      case "compare":   return { from, message: { kind, depth: source.number(), digests: source.list(() => ({ high: source.word(), low: source.word() })) } };
      case "patch":     return { from, message: { kind, depth: source.number(), parts: source.list(() => source.number()), view: this.view() } };
      case "user":      return { from, message: { kind, payload: source.known() } };
      case "ping":
      case "ack":       return { from, message: this.datagram(kind, from) };
      default:          return { from, message: source.wrong() };
    }
  }

  /** See `Pen.view`. */
  view(): View {
    const { source } = this;
    const isWhole = source.byte() === 1;
    let view = isWhole ? this.base : emptyView;
    for (let left = source.count(); left > 0 && !source.isWrong; left--) {
      if (source.byte() === 0) {
        view = remove(view, memberId(source.known()));
        continue;
      }
      const member = this.member();
      if (isMember(member)) view = put(view, member);
      else source.wrong();
    }
    if (isWhole) this.base = view;
    return view;
  }

  private claim(): unknown {
    const { source } = this;
    const kind = claimKinds[source.byte()];
    if (kind === "alive") return { kind, member: this.member() };
    return { kind, about: source.known(), incarnation: source.number(), from: source.known() };
  }

  private member(): unknown {
    const { source } = this;
    return {
      id: source.known(), address: source.known(), meta: bytes(source.known()), versions: source.list(() => source.number()),
      incarnation: source.number(), status: statuses[source.byte()],
    } satisfies Record<keyof Member, unknown>;
  }
}
