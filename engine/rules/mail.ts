/** Mail: what applications send through us. Broadcasts wait in three queues; what is attached to acks and views does not wait. */

import { noAuthors, type Authors } from "../words/authors.ts";
import type { Config } from "../words/config.ts";
import { emptyQueue, queued, take, withoutLast, type Queue } from "../words/queue.ts";
import type { Bytes } from "../words/units.ts";
import { bytes } from "../words/units.ts";
import type { Priority } from "../messages/event.ts";
import { noUserMessages } from "../messages/message.ts";
import { COMPOUND_PART } from "../wire/size.ts";

export type Mail = {
  /** The broadcasts that wait: the more urgent go first (Serf's three queues). */
  readonly urgent: Queue<Bytes>;
  readonly normal: Queue<Bytes>;
  readonly bulk: Queue<Bytes>;
  /** The mark in the signatures of our broadcasts, and how many of them were signed so far. */
  readonly mark: Bytes;
  readonly said: number;
  /** The broadcasts that we have heard, by author. */
  readonly authors: Authors;
  /** What we add to acks, and to exchanges of views. */
  readonly toAcks: Bytes;
  readonly toViews: Bytes;
};

/** The mail of a new member. */
export const noMail = (mark: Bytes): Mail =>
  ({ urgent: emptyQueue, normal: emptyQueue, bulk: emptyQueue, mark, said: 0, authors: noAuthors, toAcks: bytes(""), toViews: bytes("") });

/**
 * The most broadcasts of one priority that may wait, in a group of this size: Serf's `MaxQueueDepth`, or two for each member if that is more (as in Consul).
 * A bound is needed because peers decide how much we relay, while each message carries only a datagram's worth.
 */
const waitingLimit = (group: number): number => Math.max(4_096, 2 * group);

/** How many broadcasts wait. */
export const broadcastsWaiting = ({ urgent, normal, bulk }: Mail): number => urgent.length + normal.length + bulk.length;

/** The room that a user message takes in a datagram: its length in the compound, its type byte, and its payload. */
export const sizeOfBroadcast = (payload: Bytes): number => COMPOUND_PART + 1 + payload.length;

/**
 * Adds a broadcast, and replaces the one with its key (unless empty) and priority. If too many wait then, those that would be told last are dropped:
 * the ones told most often, and among them the oldest, or the shortest (Serf's `Prune`).
 */
export function posted(mail: Mail, payload: Bytes, key: string, priority: Priority, order: Config["tellOrder"], group: number): readonly [mail: Mail, untold: readonly Bytes[]] {
  let queue = queued(mail[priority], { key: key === "" ? null : key, item: payload, size: sizeOfBroadcast(payload) }, order);
  const untold: Bytes[] = [];
  while (queue.length > waitingLimit(group)) {
    const [rest, last] = withoutLast(queue);
    queue = rest;
    untold.push(last);
  }
  return [{ ...mail, [priority]: queue }, untold];
}

/** Takes the broadcasts for a message that has `room` bytes and `most` parts left. */
export function takeMail(mail: Mail, order: Config["tellOrder"], room: number, limit: number, most: number): readonly [payloads: readonly Bytes[], bytes: number, mail: Mail] {
  if (broadcastsWaiting(mail) === 0) return [noUserMessages, 0, mail];
  const urgent = take(mail.urgent, order, room, limit, most);
  const normal = take(mail.normal, order, room - urgent.bytes, limit, most - urgent.items.length);
  const bulk = take(mail.bulk, order, room - urgent.bytes - normal.bytes, limit, most - urgent.items.length - normal.items.length);
  const payloads = [...urgent.items, ...normal.items, ...bulk.items];
  return [payloads, urgent.bytes + normal.bytes + bulk.bytes, { ...mail, urgent: urgent.rest, normal: normal.rest, bulk: bulk.rest }];
}
