/** The guided tour: seven steps through the protocol, each a tiny scenario with two sentences and the moments at which it stops. */

/** Where a step stops: at the first line after the moment before that fits a filter; for `last`, at the last of the run that does. */
export type Moment = {
  readonly filter: string;
  readonly isLast?: boolean;
  /** What to see there. `{who}` is the line's member, `{other}` who is at the other end of its message. */
  readonly says: string;
  /** What is looked into there: the message that was received or sent, or the line's member. */
  readonly look: "received" | "sent" | "member";
};

export type TourStep = { readonly file: string; readonly title: string; readonly sentences: readonly [string, string]; readonly moments: readonly Moment[] };

export const tourSteps: readonly TourStep[] = [
  {
    file: "ping", title: "Ping and ack",
    sentences: ["Once in every period, each member picks another and asks it: are you there?", "An ack is all the answer it wants, and both carry news for free."],
    moments: [
      { filter: "at:m1 kind:ping from:m1", says: "{who} begins its period and pings {other}.", look: "sent" },
      { filter: "-at:m1 kind:ping from:m1", says: "The ping arrives: {who} answers at once.", look: "received" },
      { filter: "at:m1 kind:ack to:m1", says: "The ack is back at {who}: {other} lives, and the period is over.", look: "received" },
    ],
  },
  {
    file: "indirect", title: "Indirect probe",
    sentences: ["Who gets no ack does not accuse yet: perhaps only the path between the two is broken.", "It asks some others to ping in its place, and only if they fail as well is something wrong."],
    moments: [
      { filter: "at:m1 kind:ping from:m1 to:m2 lost", says: "m1 pings m2, but nothing passes between the two: the ping is lost.", look: "sent" },
      { filter: "at:m1 kind:ping-req from:m1", says: "No ack for half a second: m1 asks the others to ask m2.", look: "sent" },
      { filter: "kind:ping to:m2 from:m3,m4 at:m3,m4", says: "{who} does as it was asked, and pings m2.", look: "sent" },
      { filter: "at:m1 kind:ack from:m3,m4", says: "m2 has answered {other}, which tells m1 so: nobody is suspected.", look: "received" },
    ],
  },
  {
    file: "suspicion", title: "Suspicion",
    sentences: ["A failed probe makes a suspect, not a death: the suspect gets time to speak up.", "Every other member that suspects it independently makes the wait shorter."],
    moments: [
      { filter: "kind:disrupted", says: "m2 crashes. Nobody knows.", look: "member" },
      { filter: "kind:ping to:m2 lost", says: "{who} happens to ping it, and waits in vain.", look: "sent" },
      { filter: "kind:suspected about:m2", says: "Neither ping nor relays were answered: {who} begins to suspect m2. See its panel: why, and until when.", look: "member" },
      { filter: "kind:confirmed about:m2", says: "For {who} a second probe confirms it, of another member than began it: less time is left.", look: "member" },
      { filter: "kind:failed about:m2", says: "Nobody has heard of m2: {who} declares it dead, and tells the others.", look: "member" },
    ],
  },
  {
    file: "refutation", title: "Refutation",
    sentences: ["Who hears that it is suspected speaks up: I live, and this is newer than what you heard.", "Newer is what has the higher incarnation, and only the member itself may raise it."],
    moments: [
      { filter: "kind:disrupted", says: "m2 stands still: its process gets no time.", look: "member" },
      { filter: "kind:suspected about:m2", says: "{who} suspects it, and the word goes round.", look: "member" },
      { filter: "kind:disrupted", says: "m2 goes on, and reads what has piled up.", look: "member" },
      { filter: "at:m2 kind:refuted", says: "There it reads of the suspicion, and refutes it with a higher incarnation.", look: "member" },
      { filter: "kind:cleared about:m2", says: "{who} hears it, and suspects m2 no more.", look: "member" },
    ],
  },
  {
    file: "gossip", title: "Gossip",
    sentences: ["News rides on pings and acks, and between them each member tells a few others at random.", "Each tells a rumour only so often, and yet within a second or two everybody knows."],
    moments: [
      { filter: "kind:asked-to-leave", says: "m02 is asked to leave, and says goodbye.", look: "member" },
      { filter: "announced left about:m02", says: "{who} is the first to hear it, and will tell others.", look: "member" },
      { filter: "at:m01,m03,m04,m05,m06,m07,m08,m09,m1* kind:gossip left", says: "The rumour spreads: {who} tells it on, or hears it once more.", look: "member" },
      { filter: "announced left about:m02", isLast: true, says: "{who} is the last to hear: now all sixteen know.", look: "member" },
    ],
  },
  {
    file: "health", title: "Local health",
    sentences: ["If all seem silent, the fault is perhaps one's own: a member that gets no answers at all doubts itself.", "It then waits longer before it accuses, and whoever it accused has time to refute."],
    moments: [
      { filter: "kind:disrupted", says: "From now on m1 hears nothing, though the others hear m1.", look: "member" },
      { filter: "at:m1 kind:ping-req from:m1", says: "No ack within half a second: m1 asks relays. Its health is still 0, which is good.", look: "sent" },
      { filter: "at:m1 kind:suspected", says: "Not even a nack came back: m1 suspects, but its health gets worse. See its panel.", look: "member" },
      { filter: "at:m1 kind:suspected", says: "Its next probe fails too, but it lasted longer than the first: m1 doubts itself, and gives others more time.", look: "member" },
      { filter: "kind:disrupted", says: "m1 hears again.", look: "member" },
      { filter: "at:m1 kind:cleared", says: "Whom it had suspected has refuted: nobody was declared dead for m1's own fault.", look: "member" },
    ],
  },
  {
    file: "push-pull", title: "Push-pull",
    sentences: ["A newcomer sends its whole view to one member over a stream, and gets that member's view back.", "Later, members compare views now and then, so that nothing that gossip missed stays unknown."],
    moments: [
      { filter: "kind:asked-to-join", says: "{who} wants to join through m1.", look: "member" },
      { filter: "at:m1 kind:push-pull", says: "{other}'s view arrives at m1, which answers with its own.", look: "received" },
      { filter: "-at:m1 kind:exchange-answered", says: "The answer is there: now {who} knows the group.", look: "received" },
      { filter: "kind:compare", says: "Seconds later: {who} asks {other} whether their views differ anywhere.", look: "sent" },
    ],
  },
];

/** A moment's words, with the names in them. */
export const momentText = ({ says }: Moment, who: string, other: string): string => says.replaceAll("{who}", who).replaceAll("{other}", other);

/** `3.1`: the third step, its first moment; moment 0 is the beginning. Null for what names none. */
export function tourPlaceFrom(text: string): { readonly step: number; readonly moment: number } | null {
  const [, step, moment = "0"] = /^([1-9]\d?)(?:\.(\d\d?))?$/.exec(text) ?? [];
  const known = step === undefined ? undefined : tourSteps[Number(step) - 1];
  return known === undefined || Number(moment) > known.moments.length ? null : { step: Number(step) - 1, moment: Number(moment) - 1 };
}

export const tourPlaceText = ({ step, moment }: { readonly step: number; readonly moment: number }): string => `${step + 1}.${moment + 1}`;
