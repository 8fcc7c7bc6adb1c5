/** Mail: what applications say to one another through us. Broadcasts wait in three queues; what rides along elsewhere waits for nothing. */

import { noAuthors, type Authors } from "../words/authors.ts";
import type { Config } from "../words/config.ts";
import { emptyQueue, queued, take, withoutLast, type Queue } from "../words/queue.ts";
import type { Bytes } from "../words/units.ts";
import { bytes } from "../words/units.ts";
import type { Priority } from "../messages/event.ts";
import { noUserMessages } from "../messages/message.ts";
import { COMPOUND_PART } from "../wire/size.ts";

export type Mail = {
  /** What waits to be told: the more urgent first (Serf's three queues). */
  readonly urgent: Queue<Bytes>;
  readonly normal: Queue<Bytes>;
  readonly bulk: Queue<Bytes>;
  /** Our mark on what we broadcast, and how many broadcasts bear it already. */
  readonly mark: Bytes;
  readonly said: number;
  /** Whose broadcasts we heard. */
  readonly authors: Authors;
  /** What we add to acks, and to exchanges of views. */
  readonly toAcks: Bytes;
  readonly toViews: Bytes;
};

/** At birth nothing waits, and nothing was heard. */
export const noMail = (mark: Bytes): Mail =>
  ({ urgent: emptyQueue, normal: emptyQueue, bulk: emptyQueue, mark, said: 0, authors: noAuthors, toAcks: bytes(""), toViews: bytes("") });

/**
 * How many broadcasts of one priority wait at most, in a group of so many: Serf's `MaxQueueDepth`, or two of each member where these are more (as Consul has
 * it). Peers choose how much we are to tell on, and a datagram's worth is told at a time.
 */
const waitingLimit = (group: number): number => Math.max(4_096, 2 * group);

/** How many broadcasts wait. */
export const broadcastsWaiting = ({ urgent, normal, bulk }: Mail): number => urgent.length + normal.length + bulk.length;

/** What a user message takes of a datagram: its length in the compound, its type byte, and itself. */
export const sizeOfBroadcast = (payload: Bytes): number => COMPOUND_PART + 1 + payload.length;

/**
 * Takes up a broadcast, in place of what waited under its key (unless empty) and priority. Where too many wait then, those that would be told last are given
 * up: what was told most often, and of that what waited longest, or is shortest (Serf's `Prune`).
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

/** What rides on a message that has so much room, and so many parts to spare. */
export function takeMail(mail: Mail, order: Config["tellOrder"], room: number, limit: number, most: number): readonly [payloads: readonly Bytes[], bytes: number, mail: Mail] {
  if (broadcastsWaiting(mail) === 0) return [noUserMessages, 0, mail];
  const urgent = take(mail.urgent, order, room, limit, most);
  const normal = take(mail.normal, order, room - urgent.bytes, limit, most - urgent.items.length);
  const bulk = take(mail.bulk, order, room - urgent.bytes - normal.bytes, limit, most - urgent.items.length - normal.items.length);
  const payloads = [...urgent.items, ...normal.items, ...bulk.items];
  return [payloads, urgent.bytes + normal.bytes + bulk.bytes, { ...mail, urgent: urgent.rest, normal: normal.rest, bulk: bulk.rest }];
}
