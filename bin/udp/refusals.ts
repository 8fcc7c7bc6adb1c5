/** What of a scenario cannot be played for real: said before anything starts, in a sentence. */

import type { Action, Scenario } from "../../sim/index.ts";
import { exits, Stop, type Experiment } from "../../sim/cli/index.ts";

/** More than that on one machine, and it is the machine that is measured. */
export const MOST_MEMBERS = 512;
const STREAM_DEADLINE = 10_000_000;
const RETRANSMIT_AFTER = 200_000;

/** Throws a Stop for the first thing that real members cannot do. */
export function refuseImpossible({ file, scenario: { members, network, timeline } }: Experiment, processes: number): void {
  const blocked = timeline.find(({ action }) => action.kind === "block" || action.kind === "unblock");
  if (blocked !== undefined) refuse(`${file}: timeline[${blocked.entry}] blocks members: no real process can neither send nor receive while its deadlines go on. Write pause, or play it in the simulator`);
  refuseMachines(file, timeline);
  const odd = members.find(({ clock }) => clock !== undefined);
  if (odd !== undefined) refuse(`${file}: ${odd.name} has a clock of its own: real members share this machine's. Remove clock, or play it in the simulator`);
  if (network.receiveBuffer !== undefined) refuse(`${file}: network.receiveBuffer limits what waits at a member: for real members the system's buffers do. Remove it, or play it in the simulator`);
  if (members.length > MOST_MEMBERS) refuse(`${file}: ${members.length} members on one machine would measure the machine: use at most ${MOST_MEMBERS}, such as with --set members=64`);
  if (members.length < 2) refuse(`${file}: a group needs at least two members`);
  if (network.catchUp > 0) refuse(`${file}: network.catchUp sets how long a message that piled up takes: for real members the machine decides that`);
  if (network.streamDeadline !== STREAM_DEADLINE) refuse(`${file}: network.streamDeadline is 10s for real members, and cannot be set`);
  if (network.retransmitAfter !== RETRANSMIT_AFTER) refuse(`${file}: network.retransmitAfter is 200ms for real members, and cannot be set`);
  refuseHarms(file, network, timeline);
  if (processes > members.length) refuse(`--processes ${processes} is too many: there are ${members.length} members`);
}

/** What no process of ours can be made to do. */
const impossible: Readonly<Partial<Record<Action["kind"], string>>> = {
  slow: "makes machines slow: real members are as fast as this machine",
  clock: "changes machines' clocks: real members share this machine's",
  replace: "starts members at the addresses of others: real members each have their own socket",
};

function refuseMachines(file: string, timeline: Scenario["timeline"]): void {
  for (const { entry, action } of timeline) {
    const why = impossible[action.kind];
    if (why !== undefined) refuse(`${file}: timeline[${entry}] ${why}. Play it in the simulator`);
    const keeps = action.kind === "restart" ? action.view : action.kind === "churn" ? action.back.view : undefined;
    if (keeps === "kept") refuse(`${file}: timeline[${entry}] has members come back with the view they had (view: kept), which real ones do not store. Play it in the simulator`);
  }
}

/** What sockets on loopback can't be made to do: only losing, doubling, delaying and cutting off is done for real. */
function refuseHarms(file: string, network: Scenario["network"], timeline: Scenario["timeline"]): void {
  const given = [network.link, ...network.links.map(({ link }) => link)].find(({ harms }) => harms !== undefined)?.harms;
  if (given !== undefined) refuse(`${file}: network has ${Object.keys(given).join(", ")}: with real members, a network can only lose, duplicate and delay. Play it in the simulator`);
  for (const { entry, action } of timeline) {
    const where = `${file}: timeline[${entry}]`;
    if (action.kind === "clog" || action.kind === "swizzle") refuse(`${where} clogs links: what real sockets have sent can't be held back. Write impair with delay, or play it in the simulator`);
    if (action.kind === "impair" && action.harms !== undefined) refuse(`${where} impairs by ${Object.keys(action.harms).join(", ")}: with real members, only loss, duplicate and delay work. Play it in the simulator`);
    if (action.kind === "partition" && action.crossing?.kind === "jam") refuse(`${where} jams what would cross: what real sockets have sent can't be held back. Write mode: drop or slow, or play it in the simulator`);
    if ("flap" in action && action.flap !== undefined) refuse(`${where} comes and goes at random: with real members, the timeline must say when. Write every and for, or play it in the simulator`);
  }
}

function refuse(why: string): never {
  throw new Stop(exits.usage, why);
}
