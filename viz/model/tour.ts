/** The guided tour: seven steps through the protocol, each a tiny scenario with two sentences and the moments at which it stops. */

/** Where a step stops: at the first line after the previous moment that matches a filter; with `last`, at the last matching line of the run. */
export type Moment = {
  readonly filter: string;
  readonly isLast?: boolean;
  /** What to see there. `{who}` is the line's member, `{other}` the member at the other end of its message. */
  readonly says: string;
  /** What is selected there: the message that was received or sent, or the line's member. */
  readonly look: "received" | "sent" | "member";
};

export type TourStep = { readonly file: string; readonly title: string; readonly sentences: readonly [string, string]; readonly moments: readonly Moment[] };

export const tourSteps: readonly TourStep[] = [
  {
    file: "ping", title: "Ping and ack",
    sentences: ["Once per period, each member pings one other member.", "The other answers with an ack, and both messages also carry gossip."],
    moments: [
      { filter: "at:m1 kind:ping from:m1", says: "{who} begins a period and pings {other}.", look: "sent" },
      { filter: "-at:m1 kind:ping from:m1", says: "The ping arrives, and {who} answers at once.", look: "received" },
      { filter: "at:m1 kind:ack to:m1", says: "The ack arrives at {who}: {other} is alive, and the probe is over.", look: "received" },
    ],
  },
  {
    file: "indirect", title: "Indirect probe",
    sentences: ["A member that gets no ack does not suspect the other yet: perhaps only the path between the two has failed.", "It asks other members, the relays, to ping in its place, and the probe fails only if they get no ack either."],
    moments: [
      { filter: "at:m1 kind:ping from:m1 to:m2 lost", says: "m1 pings m2, but a cut separates the two: the ping is lost.", look: "sent" },
      { filter: "at:m1 kind:ping-req from:m1", says: "No ack for half a second: m1 sends ping-reqs, which ask the others to ping m2.", look: "sent" },
      { filter: "kind:ping to:m2 from:m3,m4 at:m3,m4", says: "{who} received a ping-req, and pings m2.", look: "sent" },
      { filter: "at:m1 kind:ack from:m3,m4", says: "m2 answered {other}, which forwards the ack to m1: nobody is suspected.", look: "received" },
    ],
  },
  {
    file: "suspicion", title: "Suspicion",
    sentences: ["A failed probe makes a member suspect, not dead: it gets time to refute the suspicion.", "Every other member that suspects it by its own probe makes this time shorter."],
    moments: [
      { filter: "kind:disrupted", says: "m2 crashes. No other member knows it yet.", look: "member" },
      { filter: "kind:ping to:m2 lost", says: "{who} pings m2, and will get no ack.", look: "sent" },
      { filter: "kind:suspected about:m2", says: "Neither the ping nor the ping-reqs led to an ack: {who} begins to suspect m2. The panel Member says why, and until when.", look: "member" },
      { filter: "kind:confirmed about:m2", says: "{who} hears a confirmation: the failed probe of another member. Less time is left for m2.", look: "member" },
      { filter: "kind:failed about:m2", says: "m2 did not refute in time: {who} declares it dead, and tells the others.", look: "member" },
    ],
  },
  {
    file: "refutation", title: "Refutation",
    sentences: ["A member that hears that it is suspected refutes: it says alive with a higher incarnation.", "A claim with a higher incarnation overrules older ones, and only the member itself may raise its incarnation."],
    moments: [
      { filter: "kind:disrupted", says: "m2 is paused: its process gets no CPU time.", look: "member" },
      { filter: "kind:suspected about:m2", says: "{who} suspects it, and the suspicion spreads by gossip.", look: "member" },
      { filter: "kind:disrupted", says: "m2 resumes, and reads what has arrived meanwhile.", look: "member" },
      { filter: "at:m2 kind:refuted", says: "It reads the suspicion, and refutes it with a higher incarnation.", look: "member" },
      { filter: "kind:cleared about:m2", says: "{who} hears the refutation, and no longer suspects m2.", look: "member" },
    ],
  },
  {
    file: "gossip", title: "Gossip",
    sentences: ["Claims are piggybacked on pings and acks, and between these each member gossips with a few others chosen at random.", "Each member tells a rumour only a limited number of times, and within a second or two all members know it."],
    moments: [
      { filter: "kind:asked-to-leave", says: "m02 is asked to leave, and sends its farewell.", look: "member" },
      { filter: "announced left about:m02", says: "{who} is the first to hear it, and will pass it on.", look: "member" },
      { filter: "at:m01,m03,m04,m05,m06,m07,m08,m09,m1* kind:gossip left", says: "The rumour spreads: {who} passes it on, or hears it again.", look: "member" },
      { filter: "announced left about:m02", isLast: true, says: "{who} is the last to hear it: now all sixteen members know.", look: "member" },
    ],
  },
  {
    file: "health", title: "Local health",
    sentences: ["If no other member seems to answer, the cause may be local: a member whose probes fail without a nack rates its own health worse.", "With worse health it waits longer before it suspects or declares dead, so that the others have time to refute."],
    moments: [
      { filter: "kind:disrupted", says: "From now on m1 receives nothing, though the others still receive from m1.", look: "member" },
      { filter: "at:m1 kind:ping-req from:m1", says: "No ack within half a second: m1 asks relays. Its health is still 0, the best value.", look: "sent" },
      { filter: "at:m1 kind:suspected", says: "Not even a nack came back: m1 begins a suspicion, and its own health gets worse. See the panel Member.", look: "member" },
      { filter: "at:m1 kind:suspected", says: "Its next probe fails too, but took longer than the first: with worse health, m1 gives others more time.", look: "member" },
      { filter: "kind:disrupted", says: "The cut ends: m1 receives messages again.", look: "member" },
      { filter: "at:m1 kind:cleared", says: "The suspected member has refuted: nobody was declared dead because of m1's own problem.", look: "member" },
    ],
  },
  {
    file: "push-pull", title: "Push-pull",
    sentences: ["A joining member sends its whole view to one member over a stream, and receives that member's view.", "Later, members compare their views regularly, so that claims that gossip missed still arrive."],
    moments: [
      { filter: "kind:asked-to-join", says: "{who} is asked to join through m1.", look: "member" },
      { filter: "at:m1 kind:push-pull", says: "{other}'s view arrives at m1, which answers with its own.", look: "received" },
      { filter: "-at:m1 kind:exchange-answered", says: "The answer arrives: now {who} knows the group.", look: "received" },
      { filter: "kind:compare", says: "Seconds later: {who} asks {other} whether their views differ anywhere.", look: "sent" },
    ],
  },
];

/** A moment's text, with the names filled in. */
export const momentText = ({ says }: Moment, who: string, other: string): string => says.replaceAll("{who}", who).replaceAll("{other}", other);

/** `3.1`: the third step, its first moment; moment 0 is the beginning. Null for an invalid place. */
export function tourPlaceFrom(text: string): { readonly step: number; readonly moment: number } | null {
  const [, step, moment = "0"] = /^([1-9]\d?)(?:\.(\d\d?))?$/.exec(text) ?? [];
  const known = step === undefined ? undefined : tourSteps[Number(step) - 1];
  return known === undefined || Number(moment) > known.moments.length ? null : { step: Number(step) - 1, moment: Number(moment) - 1 };
}

export const tourPlaceText = ({ step, moment }: { readonly step: number; readonly moment: number }): string => `${step + 1}.${moment + 1}`;
