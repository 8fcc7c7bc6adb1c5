/** What comes in for a process that has ended meanwhile: nobody hears it, and the next process of that member begins with nothing. */

import { expect, test } from "vitest";
import { milliseconds } from "../../../engine/index.ts";
import { Fates } from "../../../sim/measure/fates.ts";
import { Inbox } from "../../../sim/world/inbox.ts";
import { type Late, type Parcel, Post } from "../../../sim/world/post.ts";
import { Reception } from "../../../sim/world/reception.ts";
import type { Existence } from "../../../sim/world/truth.ts";
import { ms, ping, pushPull } from "../../builders.ts";

const slowly = { takes: { kind: "constant", of: milliseconds(50) }, alarms: "on-time" } as const;
const stream: Parcel = { kind: "request", from: 0, to: 1, message: pushPull(false), call: { opener: 0, turn: 1, openedAt: ms(0) } };
const datagram: Parcel = { kind: "datagram", from: 0, to: 1, message: ping("m0", "m1") };

const anInbox = (post = new Post(2)): Inbox => new Inbox({ post, catchUp: milliseconds(10), catchUpAlarms: "in-turn", buffer: undefined, fates: new Fates(), seed: 1 });

/** Who takes in what m1 is, and what it took in. */
function aReception(inbox: Inbox, existence: Existence): { readonly reception: Reception; readonly heard: Parcel[] } {
  const heard: Parcel[] = [];
  const truth = { of: () => existence, isPresent: () => existence === "running" } as never;
  return { heard, reception: new Reception({ truth, inbox, fates: new Fates(), deliver: (parcel) => void heard.push(parcel), give: () => {} }) };
}

/** A stream's message that m1, a slow machine, is just reading. */
function beingRead(): { readonly inbox: Inbox; readonly late: Late } {
  const post = new Post(2);
  const inbox = anInbox(post);
  inbox.slow(1, slowly);
  inbox.take(stream, ms(0));
  const happening = post.next(ms(50));
  if (happening === null || typeof happening === "number" || happening.kind !== "late") throw new Error("nothing is being read");
  return { inbox, late: happening };
}

test("what a process was reading is heard once it is read", () => {
  const { inbox, late } = beingRead();
  const { reception, heard } = aReception(inbox, "running");
  reception.arriveLate(late);
  expect(heard).toEqual([stream]);
});

test("what a process was reading when it ended, the next does not hear", () => {
  const { inbox, late } = beingRead();
  inbox.forget(1);
  const { reception, heard } = aReception(inbox, "running");
  reception.arriveLate(late);
  expect(heard).toEqual([]);
});

test("what was being read is not kept for a process that there is not", () => {
  const { inbox, late } = beingRead();
  inbox.hasten(1);
  const { reception, heard } = aReception(inbox, "crashed");
  reception.arriveLate(late);
  expect([heard, inbox.isQuick(datagram)]).toEqual([[], true]);
});

test("an overdue alarm of a process that has ended is not the next one's", () => {
  const inbox = anInbox();
  inbox.goOn(1, ms(0));
  inbox.forget(1);
  inbox.take(datagram, ms(100));
  inbox.take(datagram, ms(100));
  expect(inbox.delays(1, ms(101)), "it waits behind what has come in").toBe(true);
});
