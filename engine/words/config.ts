/** Every number of the protocol, what it means, and where it comes from. */

import type { Micros } from "./units.ts";

/** All parameters of the protocol. Lengths of time are in microseconds. */
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
  /**
   * How long a relay waits for an answer before it sends a nack; 0 if no nacks are asked for. A nack helps only if it arrives before the probe fails.
   * Lifeguard §IV-A: 80 % of the probe's own wait (400 ms); memberlist: its `ProbeTimeout`, which is too late (rule 21).
   */
  readonly nackAfter: Micros;
  /** How long a relay remembers an errand, and forwards the answer to its client. memberlist: its `ProbeTimeout` (rule 23). */
  readonly relayFor: Micros;
  /** The most errands a relay runs at a time; further requests are refused and counted. Ours: nothing that peers can fill may grow without bound. */
  readonly errandsLimit: number;
  /** Is a member that does not answer the direct ping also pinged over a stream, beside the relays? memberlist: on, unless `DisableTcpPings` (rule 16). */
  readonly streamPing: "on" | "off";
  /** Does the first period begin at a random moment of [0, period)? Without it, members started together probe in step. memberlist's do (rule 3). */
  readonly stagger: "random" | "none";

  /**
   * The worst local health; 0 for a member that never doubts itself (Lifeguard's LHA-Probe switched off).
   * Lifeguard §IV-A, S: 8; memberlist `AwarenessMaxMultiplier` − 1: 7.
   */
  readonly healthMax: number;
  /**
   * What bad health multiplies by (health + 1). `period`: the period and the wait for the direct ack (Lifeguard §IV-A).
   * `probe`: only how long a probe may take until it fails; probes still begin at multiples of the period (memberlist rules 4 and 11).
   */
  readonly healthStretches: "period" | "probe";
  /**
   * What a failed probe costs in health. `failure`: one, and one more if a nack is missing (Lifeguard §IV-A).
   * `missing-nacks`: one for each missing nack, or one if no nacks were asked for (memberlist rule 19).
   */
  readonly healthPenalty: "failure" | "missing-nacks";

  /** Does a failed probe raise a suspicion that can be refuted (on), or declare the member dead at once (off)? SWIM §4.2. */
  readonly suspicion: "on" | "off";
  /**
   * How long a fully confirmed suspicion waits, in units that grow with the group: see `scale`.
   * SWIM §5: 3; memberlist `SuspicionMult`: 4; Lifeguard's α: 5.
   */
  readonly suspicionMult: number;
  /** How many times as long an unconfirmed one waits. 1: LHA-Suspicion switched off. Lifeguard's β and memberlist `SuspicionMaxTimeoutMult`: 6. */
  readonly suspicionMaxMult: number;
  /** How many confirmations bring the wait down to its least; no more than these are gossiped. Lifeguard's K: 3; memberlist `SuspicionMult` − 2 (rule 40). */
  readonly confirmations: number;
  /**
   * Does a member that pings a suspect tell it of the suspicion? `own-pings`: in its own probes, with no other gossip (memberlist rule 12).
   * `every-ping`: also in pings for others, before other gossip (Lifeguard's buddy system, §IV-C). `every-answer`: and a suspect that pings us hears of it in our
   * ack, because a group that cannot reach a suspect hears from it first when it is back (ours, docs/decisions/0030).
   */
  readonly buddy: "off" | "own-pings" | "every-ping" | "every-answer";
  /**
   * Which of two claims about one member overrules the other. `total`: the higher incarnation, then the graver status.
   * `memberlist`: the same for the living, but no accusation changes the record of a gone member, nor another suspicion that of a suspect (rules 31, 36 to 38, 45, 48).
   * `final`: death overrules every other claim about the same life (SWIM §4.2: Confirm overrides any). docs/decisions/0002.
   */
  readonly precedence: "total" | "memberlist" | "final";
  /**
   * How many incarnations a life has; 0 if lives are not told apart. With lives, an incarnation is life · `incarnationsPerLife` + refutations. So a restarted
   * member overrules at once whatever is remembered of its former life. Ours (tarantool's generation, Cassandra's heartbeat generation).
   */
  readonly incarnationsPerLife: number;
  /** Does a member that was declared dead begin its next life, rather than refute or obey? Ours (foca's `renew`). Needs `incarnationsPerLife`. */
  readonly renewal: "on" | "off";

  /** How news travels: piggybacked on pings and acks (SWIM §4.1), or sent to everyone at once by the member that detects it (SWIM §3.2, its basic variant). */
  readonly dissemination: "piggyback" | "multicast";
  /** How often rumours, while any wait, are also sent to random members between probes; 0 for never. memberlist `GossipInterval`: 200 ms (rule 56). */
  readonly gossipEvery: Micros;
  /** To how many members each time. memberlist `GossipNodes`: 3. */
  readonly gossipTo: number;
  /** For how long after its death a member still gets gossip, in case it is alive. memberlist `GossipToTheDeadTime`: 30 s. */
  readonly gossipToDeadFor: Micros;
  /** How often each member tells a rumour: λ·⌈log(n+1)⌉. SWIM §5, λ: 3; memberlist `RetransmitMult`: 4. */
  readonly tellMult: number;
  /**
   * The logarithm by which tellings and suspicions grow with n, the number of members known.
   * `ln`: λ·⌈ln(n+1)⌉ tellings, mult·⌈ln(n+1)⌉ periods (SWIM §5). `log10`: λ·⌈log₁₀(n+1)⌉ tellings, mult·max(1, log₁₀ n) periods (memberlist rules 41 and 58).
   */
  readonly scale: "ln" | "log10";
  /**
   * Of the rumours told equally often, which goes first? `newest`: SWIM leaves it open, and the newest is known to the fewest. `longest`: memberlist's, then the
   * newest (rule 60); so refutations, which are longer than accusations, overtake them.
   */
  readonly tellOrder: "newest" | "longest";
  /** What is processed first, a message's gossip or the message itself? `news`: the gossip, so that our answer already carries it. `answer`: the message, memberlist's order (rule 64). */
  readonly hearFirst: "news" | "answer";
  /** The greatest datagram, in bytes. memberlist `UDPBufferSize`: 1400. */
  readonly datagramBudget: number;
  /** The most claims in one datagram. SWIM §5: 6. memberlist: 254, because a compound has at most 255 parts, and the message itself is one. */
  readonly claimsLimit: number;
  /** The most bytes of meta. memberlist: 512. */
  readonly metaLimit: number;
  /** How many bytes of each datagram are reserved for the application's broadcasts while any wait, so that claims cannot starve them. memberlist: none (rule 62). */
  readonly broadcastShare: number;
  /**
   * Is a broadcast that comes in relayed to others, and announced only once? If not, the application has to do both, as Serf does on top of memberlist. Ours.
   */
  readonly broadcastRelay: "on" | "off";

  /** How often views are exchanged with a random living member; 0 for never. memberlist `PushPullInterval` (30 s). */
  readonly syncEvery: Micros;
  /** Does `syncEvery` grow with the group? `log2`: times (⌈log₂ n − 5⌉ + 1) above 32 members (memberlist rule 5). */
  readonly syncScale: "constant" | "log2";
  /**
   * Does a member that hears an accusation which was refuted long ago, or whose subject has left, tell the sender the accused's own last claim, which the sender
   * has missed? The same when it is asked to relay to a member that has left. Ours.
   */
  readonly correction: "on" | "off";
  /** What is exchanged: the `whole` view (memberlist rule 51), or digests first and then what differs (`difference`, ours). */
  readonly syncWith: "whole" | "difference";
  /** What is done with records of gone or suspect members that our view does not know: `adopt` (a newcomer does), or `ignore` (memberlist rule 54). docs/decisions/0003. */
  readonly strangers: "adopt" | "ignore";
  /**
   * Is a view refused whose members and ours do not understand each other's protocol versions? memberlist: on (rule 52). The gone count as well, unless `forgetAfter` is
   * longer than `gossipToDeadFor`: memberlist has one length for both. docs/decisions/0014.
   */
  readonly versionCheck: "on" | "off";
  /**
   * How long a newcomer waits for its seeds before it asks them again; and, once one has answered, before it asks one a last time, to hear of
   * members that joined at the same moment. 0 for never. Ours: memberlist leaves retrying to the application, and its newcomers gossip all that they learn.
   */
  readonly joinAgainAfter: Micros;
  /** Does a newcomer gossip about itself, and about the members it learns from its seeds? memberlist's does (rule 1); ours does not: its seed gossips about it, and the group knows the others. */
  readonly newcomerTells: "on" | "off";
  /**
   * How often a member held dead is called, in case there was a partition: each time with probability dead/living, so that the group as a whole
   * makes about one call per dead member and interval. 0 for never. Serf's reconnect interval (30 s).
   */
  readonly reconnectEvery: Micros;
  /** How long the gone (dead or left) are remembered: at least as long as the longest partition that should heal. Serf's reconnect timeout (24 h); memberlist `GossipToTheDeadTime` (30 s). */
  readonly forgetAfter: Micros;
  /** Are they forgotten as soon as that is `due`, or only when the next pass ends (`pass-ends`: memberlist rule 9)? */
  readonly forgetWhen: "due" | "pass-ends";
  /** After how long another address may take over the name of a member held dead; 0 for never. memberlist `DeadNodeReclaimTime`: 0 (rule 30). */
  readonly reclaimAfter: Micros;
  /** After how many returns from the dead within `flapFor` are a member's changes no longer announced, until it has been stable for as long? 0 for never. Ours (ringpop's flap damping). */
  readonly flapLimit: number;
  /** How long a return from the dead counts against a member, and how long a flapping member must be stable. */
  readonly flapFor: Micros;
  /**
   * How late our alarm may be before we doubt ourselves rather than others: what was due then gets one period more, because the answers
   * may be waiting unread. 0 for never. Ours.
   */
  readonly stallAfter: Micros;

  /** To how many random members a leaving member sends its farewell directly, besides the gossip. Ours. */
  readonly farewells: number;
  /** How long at most a leaving member lingers, answers and gossips; it may stop as soon as its farewell was told often enough (memberlist rule 49). Serf's broadcast timeout: 5 s. */
  readonly lingerFor: Micros;
  /** Is each direct ack announced, with its round-trip time? memberlist's `PingDelegate` (rule 14). */
  readonly roundTrips: "announced" | "silent";
};
