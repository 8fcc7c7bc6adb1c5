/** Stories of the failure detector: who is asked, and who helps to ask. */

import { milliseconds } from "../../engine/index.ts";
import { atSecond, named } from "../builders.ts";
import { plain, type Story } from "./tell.ts";

const NACK_AFTER = milliseconds(400);

export const probing: Readonly<Record<string, Story>> = {
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
  nack: [
    "A relay waits in vain, and says so (Lifeguard §IV-A).",
    {
      members: ["a", "b", "c"], config: { ...plain, relays: 1, nackAfter: NACK_AFTER }, lasts: 3.2,
      timeline: [atSecond(2, { kind: "crash", members: named("c") })],
    },
    [
      { about: "c is gone, and both others ask each other to try.", from: 2 },
      {
        about: "0.4 s after it was asked, each relay has had no answer either. Who hears so knows that its own network works, and accuses c in good faith.",
        from: 2.9,
      },
    ],
  ],
  health: [
    "A member that hears nothing, not even nacks from its relays, doubts itself, and takes more time over its next probe (Lifeguard §IV-A).",
    {
      members: ["a", "b", "c", "d"], lasts: 6.5,
      config: { ...plain, relays: 2, nackAfter: NACK_AFTER, healthMax: 8, healthStretches: "period", healthPenalty: "failure" },
      timeline: [atSecond(2, { kind: "cut", from: named("a"), to: named("b", "c", "d"), bothWays: true }), atSecond(4.3, { kind: "heal", of: null })],
    },
    [
      {
        about: "a is cut off. Its probe fails, and no relay has sent a nack: two bad signs. So its next probe may take three periods, and its ping a second and a half.",
        from: 2, members: ["a"],
      },
      {
        about: "After one period this probe would have failed as well, and accused another member without cause. Now a relay's ack is in time.",
        from: 4.3, members: ["a"],
      },
    ],
  ],
  "stream-ping": [
    "Datagrams are lost, but a stream sends again what is lost: so it tells a dead member from a bad network (memberlist rules 16 to 18).",
    {
      members: ["a", "b"], config: { ...plain, streamPing: "on" }, lasts: 3, seed: "100",
      timeline: [
        atSecond(1, { kind: "impair", from: named("a"), to: named("b"), bothWays: true, loss: 0.5, duplicate: 0, delay: null }),
        atSecond(2.5, { kind: "heal", of: null }),
      ],
    },
    [
      {
        about: "Half of all packets are lost. a's ping is, and nobody is there to relay, so a pings b over a stream. Each way, what is lost there is sent again 0.2 s later.",
        from: 1,
      },
      { about: "The period ends without a datagram from b. But b lives: it is not suspected, and the application hears what is wrong.", from: 2.5 },
    ],
  ],
};
