/** The protocol's configuration as a scenario may change it: `preset:` and `config:`. engine/words/config.ts explains each field. */

import type { z } from "zod";
import { calledHere, type Config, type PresetName } from "../../../engine/index.ts";
import { atLeast, choice, length, mapping, onOff, someLength, whole } from "./words.ts";

/** The names of the presets, in the engine's order. */
const presetNames = [
  "swimlab", "serf", "memberlist-lan", "memberlist-wan", "memberlist-local", "lifeguard", "lha-probe", "lha-suspicion", "buddy", "lifeguard-base",
  "swim-inf-susp", "swim-inf", "swim-basic",
] as const satisfies readonly PresetName[];

export const preset = choice(presetNames).describe(
  "The configuration to start from: swimlab (the default: memberlist's LAN numbers, and what memberlist lacks); serf; memberlist's three; lifeguard, each " +
    "of its parts alone (lha-probe, lha-suspicion, buddy) and none (lifeguard-base); or one of the SWIM paper's three variants.",
);

const probing = {
  periodEvery: someLength.describe("The protocol period: each member probes one other in each."),
  askRelaysAfter: someLength.describe("How long a ping may go unanswered before relays are asked. Less than periodEvery."),
  relays: whole(0, 255).describe("How many relays are asked (k)."),
  nackAfter: length.describe("How long a relay waits for the target before it answers with a nack; 0 for no nacks. No longer than relayFor."),
  relayFor: someLength.describe("How long a relay remembers for whom it asked."),
  errandsLimit: whole(0, 1_000_000).describe("The most errands a relay runs at a time."),
  streamPing: onOff.describe("Is a member that does not answer datagrams also pinged over a stream?"),
  stagger: choice(["random", "none"]).describe("Does the first period begin at a random moment, or at once for everybody?"),
} satisfies Partial<Schemas>;

const doubting = {
  healthMax: whole(0, 254).describe("The worst local health; 0 for a member that never doubts itself."),
  healthStretches: choice(["period", "probe"]).describe("What bad health stretches: the period and the wait for the direct ack, or only how long a probe may take."),
  healthPenalty: choice(["failure", "missing-nacks"]).describe("What a failed probe costs in health: one, and one more if a nack is missing; or one for each missing nack."),
  suspicion: onOff.describe("Does a failed probe raise a suspicion that can be refuted, or declare the member dead at once?"),
  suspicionMult: atLeast(1).describe("How long a fully confirmed suspicion waits, in periods times the logarithm of the group's size: Lifeguard's α."),
  suspicionMaxMult: atLeast(1).describe("How many times as long an unconfirmed one waits: Lifeguard's β."),
  confirmations: whole(0, 254).describe("How many confirmations reduce the wait to its minimum: Lifeguard's K."),
  buddy: choice(["off", "own-pings", "every-ping", "every-answer"]).describe("Does a member that pings a suspect, or is pinged by one, tell it of the suspicion?"),
} satisfies Partial<Schemas>;

const believing = {
  precedence: choice(["total", "memberlist", "final"]).describe("Which of two claims about one member overrules the other. Final: the dead can't return."),
  incarnationsPerLife: whole(0, 16_777_216).describe("How many incarnations each life has, so that a restarted member overrules its former life at once; 0 if lives are not told apart."),
  renewal: onOff.describe("Does a member that was declared dead begin its next life, rather than refute or obey? Needs incarnationsPerLife."),
} satisfies Partial<Schemas>;

const telling = {
  dissemination: choice(["piggyback", "multicast"]).describe("Does news ride on pings and acks, or is it sent to everyone at once?"),
  gossipEvery: length.describe("How often news is also told to random members between probes; 0 for never."),
  gossipTo: whole(1, 1_000).describe("To how many members each time."),
  gossipToDeadFor: length.describe("For how long after their death the dead are told too, in case they live."),
  tellMult: whole(1, 1_000).describe("How often each member tells a rumour, times the logarithm of the group's size: λ."),
  scale: choice(["ln", "log10"]).describe("The logarithm by which tellings and suspicions grow with the group."),
  tellOrder: choice(["newest", "longest"]).describe("Which of the rumours told equally often goes first?"),
  hearFirst: choice(["news", "answer"]).describe("When a message both asks or answers and carries gossip: which is handled first?"),
  datagramBudget: whole(1, 65_507).describe("The largest datagram, in bytes. At least metaLimit + broadcastShare + 600."),
  claimsLimit: whole(1, 254).describe("The most claims in one datagram."),
  metaLimit: whole(0, 60_000).describe("The most bytes of meta."),
  broadcastShare: whole(0, 60_000).describe("How many bytes of each datagram are reserved for the application's broadcasts while any wait."),
  broadcastRelay: onOff.describe("Is a received broadcast relayed to others, and announced only once?"),
} satisfies Partial<Schemas>;

const comparing = {
  syncEvery: length.describe("How often views are exchanged with a random member; 0 for never."),
  syncScale: choice(["constant", "log2"]).describe("Does that interval grow with the group?"),
  correction: choice(["on", "off"]).describe("When a member hears an accusation that was refuted, or of a member that left, does it correct the sender, or whoever asks about it?"),
  syncWith: choice(["whole", "difference"]).describe("What is exchanged: whole views, or digests first and then what differs."),
  strangers: choice(["adopt", "ignore"]).describe("What happens to records of gone or suspect members that were unknown until then?"),
  versionCheck: onOff.describe("Is a view refused if its members speak other versions than ours?"),
  joinAgainAfter: length.describe("How long a newcomer waits for its seeds before it asks them again, and once more when one has answered; 0 for never."),
  newcomerTells: onOff.describe("Does a newcomer gossip about the members it learned from its seeds?"),
} satisfies Partial<Schemas>;

const remembering = {
  reconnectEvery: length.describe("How often a member held dead is called, in case it was a partition; 0 for never."),
  forgetAfter: someLength.describe("How long the dead and the departed are remembered."),
  forgetWhen: choice(["due", "pass-ends"]).describe("Are they forgotten as soon as they are due, or when the next pass through the group ends?"),
  reclaimAfter: length.describe("After how long another address may take over the name of a member held dead; 0 for never."),
  flapLimit: whole(0, 1_000_000).describe("After how many returns from the dead a member's comings and goings are kept from the application; 0 for never."),
  flapFor: someLength.describe("How long a return counts against a member, and how long one that flaps must stay stable."),
  stallAfter: length.describe("By how much a member's alarm may be late before it doubts itself rather than others; 0 for never."),
  farewells: whole(0, 1_000).describe("How many random members are told goodbye directly."),
  lingerFor: length.describe("How long a leaving member answers and tells at most."),
  roundTrips: choice(["announced", "silent"]).describe("Is the application told of each direct ack and how long it took?"),
} satisfies Partial<Schemas>;

type Schemas = { readonly [Field in keyof Config]: z.ZodType<Config[Field]> };

const fields = { ...probing, ...doubting, ...believing, ...telling, ...comparing, ...remembering } satisfies Schemas;

/** The description of a field, in a sentence. */
export const meaningOf = (field: keyof Config): string => fields[field].description ?? "";

export const config = mapping(fields, calledHere).partial().describe("Changes to the preset, field by field.");

export type WrittenConfig = z.output<typeof config>;
