/**
 * The exchanges of the protocol as stories that a newcomer can read: test/golden/story-*.txt.
 * Regenerate with `vitest run test/stories -u`, read the difference, commit only what you can explain.
 */

import { expect, test } from "vitest";
import { bytes, milliseconds, seconds } from "../../engine/index.ts";
import type { Setting } from "../builders.ts";
import { atSecond, named } from "../builders.ts";
import { plain, tell, type Chapter } from "./tell.ts";

const loud = ["announce", "exchange", "answer"] as const;

const stories: Readonly<Record<string, readonly [title: string, setting: Setting, chapters: readonly Chapter[]]>> = {
  "ping-and-ack": [
    "Two members probe each other, once in each period of a second (SWIM §3.1).",
    { members: ["a", "b"], config: plain, lasts: 2.5 },
    [
      { about: "Each knows the other from the start. The first period begins at a random moment, so that members do not probe in step.", from: 0 },
      { about: "The next period. An ack bears the seq of its ping.", from: 1.6 },
    ],
  ],
  "indirect-probe": [
    "Nothing passes between a and b, but both reach c: neither suspects the other, because c asks for them (SWIM §3.1).",
    {
      members: ["a", "b", "c"], config: { ...plain, relays: 1 }, lasts: 4,
      timeline: [atSecond(0, { kind: "cut", from: named("a"), to: named("b"), bothWays: true })],
    },
    [
      { about: "A ping gets no ack. Half a second later its sender asks a relay, which pings in its own name and passes the ack on.", from: 0 },
      { about: "So it goes on, period after period, and nobody announces anything.", from: 2.5 },
    ],
  ],
  suspicion: [
    "A member crashes. First it is suspect, then dead (SWIM §4.2).",
    { members: ["a", "b", "c"], config: plain, lasts: 8, timeline: [atSecond(2, { kind: "crash", members: named("c") })] },
    [
      { about: "Everybody answers.", from: 1 },
      { about: "c answers no more. The first whose period ends in silence suspects it, and says so on its next message.", from: 2 },
      { about: "The suspicion waits four periods for a refutation, and none comes. What is announced from here on:", from: 4.2, kinds: ["announce"] },
    ],
  ],
  refutation: [
    "A member stands still for a moment, is suspected, and speaks up (SWIM §4.2).",
    {
      members: ["a", "b", "c"], config: plain, lasts: 8,
      timeline: [atSecond(2, { kind: "pause", members: named("c") }), atSecond(4, { kind: "resume", members: named("c") })],
    },
    [
      { about: "c stands still, and somebody's probe of it fails.", from: 2 },
      { about: "c goes on. It hears that it is suspect, and refutes with a higher incarnation, which overrules the suspicion everywhere.", from: 4 },
      { about: "Nothing more is announced: the suspicion is gone.", from: 5.5, kinds: ["announce"] },
    ],
  ],
  gossip: [
    "One member has news; it rides on pings and acks until all five know it (SWIM §4.1).",
    {
      members: ["a", "b", "c", "d", "e"], config: plain, lasts: 5,
      timeline: [atSecond(2, { kind: "update", members: named("a"), meta: bytes("new") })],
    },
    [
      { about: "a has something new to say of itself. Who hears it for the first time, and from whose message:", from: 2, kinds: ["asked-to-update", "announce"] },
      { about: "Who has heard tells on, with the next ping or ack that goes out anyway, until everybody knows.", from: 3, kinds: ["announce"] },
    ],
  ],
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
    "A member says goodbye (memberlist rule 49).",
    { members: ["a", "b", "c"], config: { ...plain, lingerFor: seconds(2) }, lasts: 6, timeline: [atSecond(2, { kind: "leave", members: named("c") })] },
    [
      { about: "c tells a few directly. It is never suspected: left is its own word.", from: 2, kinds: ["asked-to-leave", "announce", "gossip"] },
      { about: "For two seconds it has lingered, to answer and to tell. Now it is gone, and nobody minds.", from: 4, kinds: ["announce"] },
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

test.for(Object.keys(stories))("%s", async (name) => {
  const story = stories[name];
  if (story === undefined) throw new Error("no story");
  await expect(tell(...story)).toMatchFileSnapshot(`../golden/story-${name}.txt`);
});
