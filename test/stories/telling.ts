/** Stories of dissemination: how news reaches everybody, and what repairs it where it did not. */

import { bytes, milliseconds, seconds, type Config } from "../../engine/index.ts";
import { atSecond, named } from "../builders.ts";
import { plain, type Story } from "./tell.ts";

const five = ["a", "b", "c", "d", "e"] as const;
/** Between probes, too. */
const often: Partial<Config> = { gossipEvery: milliseconds(200), gossipTo: 2 };
const news = atSecond(2, { kind: "update", members: named("a"), meta: bytes("new") });

export const telling: Readonly<Record<string, Story>> = {
  gossip: [
    "One member has news; it rides on pings and acks until all five know it (SWIM §4.1).",
    { members: five, config: plain, lasts: 5, timeline: [news] },
    [
      { about: "a has something new to say of itself. Who hears it for the first time, and from whose message:", from: 2, kinds: ["asked-to-update", "announce"] },
      { about: "Who has heard tells on, with the next ping or ack that goes out anyway, until everybody knows.", from: 3, kinds: ["announce"] },
    ],
  ],
  "gossip-between-probes": [
    "One member has news, as in story-gossip, but it is told between probes as well (memberlist rules 56 to 58).",
    { members: five, config: { ...plain, ...often }, lasts: 3, timeline: [news] },
    [
      {
        about: "Every 200 ms, whoever has news tells two others, but nobody more often than four times. After a quarter of a second all five know.",
        from: 2, kinds: ["asked-to-update", "announce", "gossip"],
      },
    ],
  ],
  broadcast: [
    "An application has something to say to everybody.",
    {
      members: five, config: { ...plain, ...often, broadcastRelay: "on" }, lasts: 3,
      timeline: [atSecond(2, { kind: "broadcast", members: named("a"), payload: bytes("hello"), priority: "normal" })],
    },
    [
      {
        about: "It is told on as news of members is, with a byte before it that says that it is for everybody, its author and its number. Each announces it once, however often it comes.",
        from: 2, kinds: ["asked-to-broadcast", "announce", "gossip"],
      },
    ],
  ],
  correction: [
    "Whoever accuses a member of what it has outlived, because it missed the news, is told so at once.",
    {
      members: ["a", "b", "c"], config: { ...plain, ...often, relays: 0, correction: "on" }, lasts: 3.3,
      timeline: [
        atSecond(2, { kind: "cut", from: named("a"), to: named("b", "c"), bothWays: true }),
        atSecond(2, { kind: "update", members: named("c"), meta: bytes("new") }),
        atSecond(2.9, { kind: "heal", of: null }),
      ],
    },
    [
      { about: "a is cut off. It misses that c is at incarnation 2, which b and c have soon told often enough; and its probe of c is in vain.", from: 2, members: ["a", "c"] },
      { about: "So a accuses c@1. b knows better, and says so, though for b this is no news any more.", from: 2.9, kinds: ["announce", "gossip"] },
    ],
  ],
  "compare-and-patch": [
    "Two members that differ in one record exchange what differs, and no more (docs/protocol.md).",
    {
      members: ["a", "b", "c"], config: { ...plain, gossipEvery: milliseconds(100), gossipTo: 2, syncEvery: seconds(5), syncWith: "difference" }, lasts: 7,
      timeline: [
        atSecond(2, { kind: "cut", from: named("b"), to: named("a", "c"), bothWays: true }),
        atSecond(2, { kind: "update", members: named("c"), meta: bytes("new") }),
        atSecond(2.5, { kind: "heal", of: null }),
      ],
    },
    [
      { about: "b is cut off for half a second. c's news is told as often as it is to be, and b has missed it.", from: 2, kinds: ["asked-to-update", "announce", "gossip"] },
      {
        about: "Some time b exchanges views with a. The digests of 31 parts of them agree; of the part with c each hears what the other holds.",
        from: 2.5, kinds: ["announce", "exchange", "exchange-opened", "exchange-answered"],
      },
      { about: "From now on the digests are all there is to say.", from: 6, kinds: ["announce", "exchange", "exchange-opened", "exchange-answered"] },
    ],
  ],
};
