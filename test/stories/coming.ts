/** Stories of members that come, go, and come back. */

import { milliseconds, seconds } from "../../engine/index.ts";
import { atSecond, named } from "../builders.ts";
import { plain, type Story } from "./tell.ts";

const loud = ["announce", "exchange", "answer"] as const;

export const coming: Readonly<Record<string, Story>> = {
  join: [
    "A newcomer joins through a seed (memberlist rules 34 and 51).",
    {
      members: ["a", "b", "c", "d"], absent: ["d"], config: plain, lasts: 8, timeline: [atSecond(2, { kind: "join", members: named("d") })],
    },
    [
      {
        about: "d knows nobody but its seed. They exchange whole views: d learns of everyone, and the seed learns of d, and tells the others.",
        from: 2, kinds: ["born", "asked-to-join", ...loud],
      },
      { about: "The others have heard. Five seconds after the seed's answer d asks it once more, in case others joined at the same moment. Nobody did.", from: 5, kinds: loud },
    ],
  ],
  leave: [
    "A member says goodbye, and goes when that has been told often enough (memberlist rules 6 and 49).",
    { members: ["a", "b", "c"], config: plain, lasts: 7, timeline: [atSecond(2, { kind: "leave", members: named("c") })] },
    [
      { about: "c tells the others directly. It is never suspected: left is its own word.", from: 2, kinds: ["asked-to-leave", "announce"] },
      {
        about: "It goes on probing, answering and telling, but only until it has told its farewell four times on pings and acks. Then it is gone, and nobody minds.",
        from: 2.1, members: ["c"],
      },
    ],
  ],
  "goodbye-missed": [
    "A member says goodbye while another can't hear it. Who takes the silence for a failure is told what it missed.",
    {
      members: ["a", "b", "c"], config: { ...plain, relays: 0, correction: "on", lingerFor: seconds(1) }, lasts: 7,
      timeline: [
        atSecond(2, { kind: "cut", from: named("a"), to: named("b", "c"), bothWays: true }),
        atSecond(2.1, { kind: "leave", members: named("c") }),
        atSecond(3.3, { kind: "heal", of: null }),
      ],
    },
    [
      { about: "a is cut off, and never hears that c has left.", from: 2, kinds: ["asked-to-leave", "announce"] },
      { about: "c is gone when a probes it, and a accuses it. b knows better, and says so before it answers. Nobody ever says that c failed.", from: 3.3, kinds: ["announce", "gossip"] },
    ],
  ],
  restart: [
    "A member crashes and starts again before anybody has declared it dead. It has forgotten its incarnation.",
    {
      members: ["a", "b", "c"], config: plain, lasts: 9, seed: "1",
      timeline: [atSecond(2, { kind: "crash", members: named("c") }), atSecond(4.5, { kind: "restart", members: named("c"), incarnation: "lost", address: "same" })],
    },
    [
      { about: "c is gone, and suspected.", from: 2, kinds: ["announce"] },
      {
        about: "c is back, at incarnation 1 again. From its seed's view it learns that this life is suspect, and speaks up above it.",
        from: 4.5, kinds: ["born", "asked-to-join", ...loud],
      },
    ],
  ],
  "restart-as-a-new-life": [
    "A member crashes and starts again, as in story-restart, where lives are told apart: each has 65,536 incarnations of its own.",
    {
      members: ["a", "b", "c"], config: { ...plain, incarnationsPerLife: 65_536 }, lasts: 9,
      timeline: [atSecond(2, { kind: "crash", members: named("c") }), atSecond(4.5, { kind: "restart", members: named("c"), incarnation: "lost", address: "same" })],
    },
    [
      { about: "c is gone, and suspected.", from: 2, kinds: ["announce"] },
      { about: "c is back in its second life, which overrules all that is said of the first: there is nothing to refute.", from: 4.5, kinds: ["born", "asked-to-join", ...loud] },
    ],
  ],
  conflict: [
    "A member starts again elsewhere, while its name is taken: by itself (memberlist rule 30).",
    {
      members: ["a", "b", "c"], config: { ...plain, reclaimAfter: seconds(2), syncEvery: seconds(5) }, lasts: 10.5,
      timeline: [atSecond(2, { kind: "crash", members: named("c") }), atSecond(2.5, { kind: "restart", members: named("c"), incarnation: "kept", address: "new" })],
    },
    [
      { about: "The others know c at its old address, and hold it living there. Who comes from elsewhere is not believed.", from: 2.5, kinds: ["born", "asked-to-join", ...loud] },
      { about: "The old c does not answer, and is declared dead. Only two seconds later is its name free.", from: 3, kinds: ["announce"] },
      { about: "Now c may take it.", from: 9, kinds: loud },
    ],
  ],
  partition: [
    "The network falls into two halves, and becomes one again. Each half buries the other; calling the dead brings them together.",
    {
      members: ["a", "b", "c", "d"], config: { ...plain, reconnectEvery: seconds(5), askRelaysAfter: milliseconds(300) }, lasts: 40,
      timeline: [atSecond(2, { kind: "partition", sides: [named("a", "b"), named("c", "d")] }), atSecond(15, { kind: "heal", of: null })],
    },
    [
      { about: "Neither half hears of the other. It takes a failed probe each, and four periods.", from: 2, kinds: ["announce"] },
      { about: "While they are parted, each now and then calls one of its dead, and none answers.", from: 9, kinds: loud },
      { about: "The network is whole. The first call that gets through starts it all: who is held dead hears so, and speaks up.", from: 15, kinds: loud },
    ],
  ],
};
