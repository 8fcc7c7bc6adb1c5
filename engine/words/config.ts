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
   * How long a relay waits before it says that it waited in vain; 0 if relays are not asked to. Only what arrives before the probe fails helps:
   * Lifeguard §IV-A: 80 % of the probe's own wait (400 ms); memberlist: its `ProbeTimeout`, which is too late (rule 21).
   */
  readonly nackAfter: Micros;
  /** How long a relay remembers for whom it asked, and forwards what comes back. memberlist: its `ProbeTimeout` (rule 23). */
  readonly relayFor: Micros;
  /** The most errands a relay runs at a time; further requests are refused and counted. Ours: nothing that peers can fill may grow without bound. */
  readonly errandsLimit: number;
  /** Is a member whose datagrams are not answered also pinged over a stream, beside the relays? memberlist: on, but for `DisableTcpPings` (rule 16). */
  readonly streamPing: "on" | "off";
  /** Does the first period begin at a random moment of [0, period)? Without it, members started together probe in step. memberlist's do (rule 3). */
  readonly stagger: "random" | "none";

  /**
   * The worst local health; 0 for a member that never doubts itself (Lifeguard's LHA-Probe switched off).
   * Lifeguard §IV-A, S: 8; memberlist `AwarenessMaxMultiplier` − 1: 7.
   */
  readonly healthMax: number;
  /**
   * What bad health stretches, by (health + 1). `period`: the period and the wait for the direct ack (Lifeguard §IV-A).
   * `probe`: only how long a probe may take until it fails; the next one begins on the beat all the same (memberlist rules 4 and 11).
   */
  readonly healthStretches: "period" | "probe";
  /**
   * What a failed probe costs in health. `failure`: one, and one more if a nack is missing (Lifeguard §IV-A).
   * `missing-nacks`: one for each missing nack, or one if nobody was asked for any (memberlist rule 19).
   */
  readonly healthPenalty: "failure" | "missing-nacks";

  /** Does a failed probe raise a suspicion that can be refuted, or kill at once? SWIM §4.2. */
  readonly suspicion: "on" | "off";
  /**
   * How long a fully confirmed suspicion waits, in units that grow with the group: see `scale`.
   * SWIM §5: 3; memberlist `SuspicionMult`: 4; Lifeguard's α: 5.
   */
  readonly suspicionMult: number;
  /** How many times as long an unconfirmed one waits. 1: LHA-Suspicion switched off. Lifeguard's β and memberlist `SuspicionMaxTimeoutMult`: 6. */
  readonly suspicionMaxMult: number;
  /** How many confirmations bring the wait down to its least; so many are also told on. Lifeguard's K: 3; memberlist `SuspicionMult` − 2 (rule 40). */
  readonly confirmations: number;
  /**
   * Does who pings a suspect tell it of the suspicion? `own-pings`: in its own probes, with nothing else riding along (memberlist rule 12).
   * `every-ping`: for others as well, before other gossip (Lifeguard's buddy system, §IV-C). `every-answer`: and a suspect that pings us hears of it in our
   * ack, because a group that cannot reach a suspect hears from it first when it is back (ours, docs/decisions/0030).
   */
  readonly buddy: "off" | "own-pings" | "every-ping" | "every-answer";
  /**
   * Which of two claims about one member overrules the other. `total`: the higher incarnation, then the graver status.
   * `memberlist`: the same for the living, but nothing makes the dead deader, nor a suspect more suspect (rules 31, 36 to 38, 45 and 48).
   * `final`: death overrules everything that is said of the same life (SWIM §4.2: Confirm overrides any). docs/decisions/0002.
   */
  readonly precedence: "total" | "memberlist" | "final";
  /**
   * How many incarnations a life has; 0 if lives are not told apart. With lives, an incarnation is life · so many + refutations, so that a member that
   * restarted wins at once over all that is remembered of its former life. Ours (tarantool's generation, Cassandra's heartbeat generation).
   */
  readonly incarnationsPerLife: number;
  /** Does a member that was declared dead begin its next life, rather than refute or obey? Ours (foca's `renew`). Needs `incarnationsPerLife`. */
  readonly renewal: "on" | "off";

  /** How news travels: riding on pings and acks (SWIM §4.1), or sent at once to everyone by whoever finds it (SWIM §3.2, its basic variant). */
  readonly dissemination: "piggyback" | "multicast";
  /** How often news is also told to random members between probes, as long as there is any; 0 for never. memberlist `GossipInterval`: 200 ms (rule 56). */
  readonly gossipEvery: Micros;
  /** To how many each time. memberlist `GossipNodes`: 3. */
  readonly gossipTo: number;
  /** For how long after their death the dead are told as well, in case they live. memberlist `GossipToTheDeadTime`: 30 s. */
  readonly gossipToDeadFor: Micros;
  /** How often each member tells a rumour: λ·⌈log(n+1)⌉. SWIM §5, λ: 3; memberlist `RetransmitMult`: 4. */
  readonly tellMult: number;
  /**
   * The logarithm by which tellings and suspicions grow with n, the number of members known.
   * `ln`: λ·⌈ln(n+1)⌉ tellings, mult·⌈ln(n+1)⌉ periods (SWIM §5). `log10`: λ·⌈log₁₀(n+1)⌉ tellings, mult·max(1, log₁₀ n) periods (memberlist rules 41 and 58).
   */
  readonly scale: "ln" | "log10";
  /**
   * Of the rumours told equally often, which goes first? `newest`: SWIM says nothing, and young news is wanted most. `longest`: memberlist's, then the
   * newest (rule 60); so refutations, which are longer than accusations, overtake them.
   */
  readonly tellOrder: "newest" | "longest";
  /** When a message both asks or answers and brings news: which is heard first? `news`: an answer already carries it. `answer`: memberlist's order (rule 64). */
  readonly hearFirst: "news" | "answer";
  /** The greatest datagram, in bytes. memberlist `UDPBufferSize`: 1400. */
  readonly datagramBudget: number;
  /** The most claims in one datagram. SWIM §5: 6. memberlist: 254, for a compound counts 255 parts, and the message itself is one. */
  readonly claimsLimit: number;
  /** The most bytes of meta. memberlist: 512. */
  readonly metaLimit: number;
  /** So many bytes of each datagram are kept for the application's broadcasts while any wait, so that claims cannot starve them. memberlist: none (rule 62). */
  readonly broadcastShare: number;
  /**
   * Is a broadcast that comes in told on to others, and announced but once? Else that is the application's business, as in memberlist, where Serf
   * does it. Ours.
   */
  readonly broadcastRelay: "on" | "off";

  /** How often views are exchanged with a random living member; 0 for never. memberlist `PushPullInterval` (30 s). */
  readonly syncEvery: Micros;
  /** Does that grow with the group? `log2`: ·(⌈log₂ n − 5⌉ + 1) above 32 members (memberlist rule 5). */
  readonly syncScale: "constant" | "log2";
  /** Does whoever hears an accusation that was refuted long ago, or of a member that said goodbye, tell the accused's own word to the one who spoke of it, who has missed it? And whoever is asked to relay to one that said goodbye? Ours. */
  readonly correction: "on" | "off";
  /** What is exchanged: the `whole` view (memberlist rule 51), or digests first and then what differs (`difference`, ours). */
  readonly syncWith: "whole" | "difference";
  /** What is done with records of gone or suspect members that we never heard of: `adopt` (a newcomer does), or `ignore` (memberlist rule 54). docs/decisions/0003. */
  readonly strangers: "adopt" | "ignore";
  /**
   * Is a view refused whose members speak other versions than ours? memberlist: on (rule 52). Who died or left counts as well, but not where it is remembered for longer than
   * `gossipToDeadFor`: memberlist has one length for both. docs/decisions/0014.
   */
  readonly versionCheck: "on" | "off";
  /**
   * How long a newcomer waits for its seeds before it asks them again; and, once one has answered, before it asks one a last time, to hear of
   * those who joined at the same moment. 0 for never. Ours: memberlist leaves retrying to the application, and makes newcomers tell on all they learn.
   */
  readonly joinAgainAfter: Micros;
  /** Does a newcomer tell the group of itself, and of the members that its seeds told it of? memberlist's does (rule 1); ours not, for its seed tells, and the group knows them. */
  readonly newcomerTells: "on" | "off";
  /**
   * How often a member held dead is called, in case it was a partition: with probability dead/living, so that the group as a whole
   * makes about one call per dead member and interval. 0 for never. Serf's reconnect interval (30 s).
   */
  readonly reconnectEvery: Micros;
  /** How long the dead and the departed are remembered. No shorter than the longest partition that should heal. Serf's reconnect timeout (24 h); memberlist `GossipToTheDeadTime` (30 s). */
  readonly forgetAfter: Micros;
  /** Are they forgotten as soon as they are `due`, or when a pass through the group ends after that (`pass-ends`: memberlist rule 9)? */
  readonly forgetWhen: "due" | "pass-ends";
  /** After how long another address may take over the name of a member held dead; 0 for never. memberlist `DeadNodeReclaimTime`: 0 (rule 30). */
  readonly reclaimAfter: Micros;
  /** After how many returns from the dead within `flapFor` a member's comings and goings are kept from the application, until it has been still for as long; 0 for never. Ours (ringpop's flap damping). */
  readonly flapLimit: number;
  /** How long a return is remembered against a member, and how long one that flaps must be still. */
  readonly flapFor: Micros;
  /**
   * By how much our alarm may be late before we doubt ourselves rather than others: what was due is then given one period more, because the answers
   * may be waiting unread. 0 for never. Ours.
   */
  readonly stallAfter: Micros;

  /** How many random members are told goodbye directly, besides the gossip. Ours. */
  readonly farewells: number;
  /** How long a leaving member answers and tells at most; it may stop as soon as its farewell was told often enough (memberlist rule 49). Serf's broadcast timeout: 5 s. */
  readonly lingerFor: Micros;
  /** Does the application hear of each direct ack, and how long it took? memberlist's `PingDelegate` (rule 14). */
  readonly roundTrips: "announced" | "silent";
};
