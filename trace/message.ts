/** Messages in lines on disk: lists of fields without names. The layout is in `schema.ts`. */

import { type Answer, type Datagram, impossible, type Request } from "../engine/index.ts";
import { allClaimed, allPaid, named, paid, type Registers, type Tables } from "./register.ts";
import { codeOf, wordAt } from "./word.ts";

/** The fields of a datagram. */
export function fieldsOfDatagram(message: Datagram, { names, claims, payloads }: Registers): readonly unknown[] {
  const carried = [message.gossip.map((claim) => claims.numberOf(claim)), message.userMessages.map((payload) => payloads.numberOf(payload))];
  const numbers = (...items: readonly string[]): readonly number[] => items.map((item) => names.numberOf(item));
  switch (message.kind) {
    case "ping":     return [...carried, message.seq, ...numbers(message.target, message.source, message.sourceAddress)];
    case "ack":      return [...carried, message.seq, payloads.numberOf(message.payload)];
    case "ping-req": return [...carried, message.seq, ...numbers(message.target, message.source, message.sourceAddress, message.targetAddress), message.wantsNack];
    case "nack":     return [...carried, message.seq];
    case "gossip":   return carried;
    default:         return impossible(message);
  }
}

/** The fields of a stream's message, after the number of its kind. */
export function fieldsOfStreamed(message: Request | Answer, registers: Registers): readonly unknown[] {
  const code = codeOf(message.kind);
  switch (message.kind) {
    case "push-pull": return [code, message.join, message.view, registers.payloads.numberOf(message.userState)];
    case "compare":   return [code, message.depth, message.digests];
    case "patch":     return [code, message.depth, message.parts, message.view];
    case "user":      return [code, registers.payloads.numberOf(message.payload)];
    case "ping":
    case "ack":       return [code, ...fieldsOfDatagram(message, registers)];
    default:          return impossible(message);
  }
}

/** The datagram with these fields. */
export function datagramFrom(kind: Datagram["kind"], fields: readonly unknown[], tables: Tables): unknown {
  const [gossip, words, seq, fourth, source, sourceAddress, targetAddress, wantsNack] = fields;
  const carried = { gossip: allClaimed(gossip, tables), userMessages: allPaid(words, tables) };
  const asker = { target: named(fourth, tables), source: named(source, tables), sourceAddress: named(sourceAddress, tables) };
  switch (kind) {
    case "ping":     return { kind, seq, ...asker, ...carried };
    case "ack":      return { kind, seq, payload: paid(fourth, tables), ...carried };
    case "ping-req": return { kind, seq, ...asker, targetAddress: named(targetAddress, tables), wantsNack, ...carried };
    case "nack":     return { kind, seq, ...carried };
    case "gossip":   return { kind, ...carried };
    default:         return impossible(kind);
  }
}

/** The stream's message with these fields. */
export function streamedFrom([code, ...fields]: readonly unknown[], tables: Tables): unknown {
  const kind = wordAt(code);
  const [first, second, third] = fields;
  switch (kind) {
    case "push-pull": return { kind, join: first, view: second, userState: paid(third, tables) };
    case "compare":   return { kind, depth: first, digests: second };
    case "patch":     return { kind, depth: first, parts: second, view: third };
    case "user":      return { kind, payload: paid(first, tables) };
    case "ping":
    case "ack":       return datagramFrom(kind, fields, tables);
    default:          return undefined;
  }
}
