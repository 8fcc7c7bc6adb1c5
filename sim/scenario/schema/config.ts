/** The numbers of the protocol as a scenario may change them: `preset:` and `config:`. What each is good for says engine/words/config.ts. */

import type { z } from "zod";
import type { Config, PresetName } from "../../../engine/index.ts";
import { atLeast, choice, length, mapping, someLength, whole } from "./words.ts";

/** The names of the presets, in the order in which the engine lists them. */
const presetNames = ["swimlab", "swim-inf-susp", "swim-inf", "swim-basic"] as const satisfies readonly PresetName[];

export const preset = choice(presetNames).describe(
  "The configuration to start from: swimlab (memberlist's LAN numbers, the default), or one of the SWIM paper's three variants.",
);

const fields = {
  periodEvery: someLength.describe("The protocol period: each member probes one other in each."),
  askRelaysAfter: someLength.describe("How long a ping may go unanswered before relays are asked. Less than periodEvery."),
  relays: whole(0, 255).describe("How many relays are asked: k."),
  relayFor: someLength.describe("How long a relay remembers for whom it asked."),
  errandsLimit: whole(0, 1_000_000).describe("The most errands a relay runs at a time."),
  stagger: choice(["random", "none"]).describe("Does the first period begin at a random moment, or at once for everybody?"),
  suspicion: choice(["on", "off"]).describe("Does a failed probe raise a suspicion that can be refuted, or kill at once?"),
  suspicionMult: atLeast(1).describe("How long a suspicion waits, in periods times the logarithm of the group's size."),
  death: choice(["by-incarnation", "final"]).describe("Can the dead return under a higher incarnation?"),
  dissemination: choice(["piggyback", "multicast"]).describe("Does news ride on pings and acks, or is it sent to everyone at once?"),
  tellMult: whole(1, 1_000).describe("How often each member tells a rumour, times the logarithm of the group's size: λ."),
  scale: choice(["ln", "log10"]).describe("The logarithm by which tellings and suspicions grow with the group."),
  datagramBudget: whole(1, 65_507).describe("The greatest datagram, in bytes. At least metaLimit + 600."),
  claimsLimit: whole(1, 254).describe("The most claims in one datagram."),
  metaLimit: whole(0, 60_000).describe("The most bytes of meta."),
  syncEvery: length.describe("How often views are exchanged whole with a random member; 0 for never."),
  joinAgainAfter: someLength.describe("How long a newcomer waits for its seeds before it asks them again."),
  reconnectEvery: length.describe("How often a member held dead is called, in case it was a partition; 0 for never."),
  forgetAfter: someLength.describe("How long the dead and the departed are remembered."),
  farewells: whole(0, 1_000).describe("How many random members are told goodbye directly."),
  lingerFor: length.describe("How long a leaving member still answers and tells."),
} satisfies { [Field in keyof Config]: z.ZodType<Config[Field]> };

export const config = mapping(fields).partial().describe("Changes to the preset, field by field.");

export type WrittenConfig = z.output<typeof config>;
