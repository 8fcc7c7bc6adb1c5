/** Every number of the protocol, what it means, and where it comes from. */

import type { Micros } from "./units.ts";

export type Config = {
  /**
   * The protocol period: each member probes one other in each. Longer is cheaper and slower to detect.
   * SWIM §3.1 calls it T′ (2 s in its experiments); memberlist `ProbeInterval` (1 s).
   */
  readonly periodEvery: Micros;
  /**
   * How long a direct ping may go unanswered before relays are asked. About the 99th percentile of a round trip; less than the period.
   * SWIM §3.1 (the measured round trip); memberlist `ProbeTimeout` (500 ms).
   */
  readonly askRelaysAfter: Micros;
  /** How many relays are asked. More survive more loss. SWIM §3.1, k (1 in its experiments); memberlist `IndirectChecks` (3). */
  readonly relays: number;
  /** How long a relay remembers for whom it asked, and forwards what comes back. memberlist: its `ProbeTimeout` (rule 23). */
  readonly relayFor: Micros;
  /** The most errands a relay runs at a time; further requests are refused and counted. Ours: nothing that peers can fill may grow without bound. */
  readonly errandsLimit: number;
  /** Does the first period begin at a random moment of [0, period)? Without it, members started together probe in step. memberlist's do (rule 3). */
  readonly stagger: "random" | "none";

  /** Does a failed probe raise a suspicion that can be refuted, or kill at once? SWIM §4.2. */
  readonly suspicion: "on" | "off";
  /**
   * How long a suspicion waits, in units that grow with the group: see `scale`.
   * SWIM §5: 3; memberlist `SuspicionMult`: 4.
   */
  readonly suspicionMult: number;
  /** Can the dead return under a higher incarnation (memberlist rule 45), or is death for ever (SWIM §4.2: Confirm overrides any)? */
  readonly death: "by-incarnation" | "final";

  /** How news travels: riding on pings and acks (SWIM §4.1), or sent at once to everyone by whoever finds it (SWIM §3.2, its basic variant). */
  readonly dissemination: "piggyback" | "multicast";
  /** How often each member tells a rumour: λ·⌈log(n+1)⌉. SWIM §5, λ: 3; memberlist `RetransmitMult`: 4. */
  readonly tellMult: number;
  /**
   * The logarithm by which tellings and suspicions grow with n, the number of members known.
   * `ln`: λ·⌈ln(n+1)⌉ tellings, mult·⌈ln(n+1)⌉ periods (SWIM §5). `log10`: λ·⌈log₁₀(n+1)⌉ tellings, mult·max(1, log₁₀ n) periods (memberlist rules 41 and 58).
   */
  readonly scale: "ln" | "log10";
  /** The greatest datagram, in bytes. memberlist `UDPBufferSize`: 1400. */
  readonly datagramBudget: number;
  /** The most claims in one datagram. SWIM §5: 6. memberlist: 254, for a compound counts 255 parts, and the message itself is one. */
  readonly claimsLimit: number;
  /** The most bytes of meta. memberlist: 512. */
  readonly metaLimit: number;

  /** How often views are exchanged whole with a random living member; 0 for never. memberlist `PushPullInterval` (30 s). */
  readonly syncEvery: Micros;
  /**
   * How long a newcomer waits for its seeds before it asks them again; and, once one has answered, before it asks one a last time, to hear of
   * those who joined at the same moment. Ours: memberlist leaves retrying to the application, and makes newcomers tell on all they learn.
   */
  readonly joinAgainAfter: Micros;
  /**
   * How often a member held dead is called, in case it was a partition: with probability dead/living, so that the group as a whole
   * makes about one call per dead member and interval. 0 for never. Serf's reconnect interval (30 s).
   */
  readonly reconnectEvery: Micros;
  /** How long the dead and the departed are remembered. No shorter than the longest partition that should heal. Serf's reconnect timeout (24 h). */
  readonly forgetAfter: Micros;
  /** How many random members are told goodbye directly, besides the gossip. Ours. */
  readonly farewells: number;
  /** How long a leaving member still answers and tells. Serf's leave propagation delay (1 s) plus the tellings. Ours: 5 s. */
  readonly lingerFor: Micros;
};
