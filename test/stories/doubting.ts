/** Stories of suspicion: how it begins, how it is refuted, and when it runs out. */

import { atSecond, named } from "../builders.ts";
import { plain, type Story } from "./tell.ts";

export const doubting: Readonly<Record<string, Story>> = {
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
  confirmation: [
    "A suspicion waits 24 periods for a refutation, but only 4 once two others suspect the same (Lifeguard §IV-B, memberlist rules 40 to 42).",
    {
      members: ["a", "b", "c", "d", "e"], config: { ...plain, suspicionMaxMult: 6, confirmations: 2 }, lasts: 12,
      timeline: [atSecond(2, { kind: "crash", members: named("e") })],
    },
    [
      { about: "e is gone. b's probe finds out first; the others take its word for it, which confirms nothing.", from: 2, kinds: ["announce"] },
      { about: "Probes of their own fail: d's, then a's. These do confirm it, and are told on like news.", from: 4, kinds: ["announce"] },
      { about: "b's runs out first, four periods after it began; the others' follow, or hear. With nobody to confirm it, that would have been at 27 s.", from: 7, kinds: ["announce"] },
    ],
  ],
  buddy: [
    "Whoever pings a suspect tells it so, and it refutes at once (Lifeguard §IV-C).",
    {
      members: ["a", "b", "c"], config: { ...plain, suspicionMult: 12, buddy: "every-ping" }, lasts: 11,
      timeline: [atSecond(2, { kind: "cut", from: named("c"), to: named("a", "b"), bothWays: true }), atSecond(9, { kind: "heal", of: null })],
    },
    [
      { about: "c is cut off. It is suspected, and suspects the others.", from: 2, kinds: ["announce"] },
      { about: "The network is whole again. Of the suspicions nobody gossips any more, but a ping brings its own, and the ack the refutation.", from: 9, kinds: ["announce", "ping"] },
    ],
  ],
  block: [
    "A member blocks before it sends and after it receives, while its clock goes on: Lifeguard's anomaly (docs/decisions/0011-members-that-block.md).",
    {
      members: ["a", "b", "c"], config: plain, lasts: 7,
      timeline: [atSecond(2, { kind: "block", members: named("c") }), atSecond(5, { kind: "unblock", members: named("c") })],
    },
    [
      { about: "c begins one more probe, whose ping it cannot send. The others suspect c.", from: 2 },
      {
        about: "c goes on: its ping leaves, but the time for an answer is over. It accuses b, which is well. Then it hears what piled up: it was accused itself. Both refute.",
        from: 5,
      },
      { about: "Both suspicions are gone.", from: 5.1, kinds: ["announce"] },
    ],
  ],
};
