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
  if (blocked !== undefined) refuse(`${file}: timeline[${blocked.entry}] blocks members, whose deadlines would go on while they can neither send nor receive: no process is like that. Write pause, or play it simulated`);
  refuseMachines(file, timeline);
  const odd = members.find(({ clock }) => clock !== undefined);
  if (odd !== undefined) refuse(`${file}: ${odd.name} has a clock of its own: real members here share this machine's. Leave clock out, or play it simulated`);
  if (network.receiveBuffer !== undefined) refuse(`${file}: network.receiveBuffer bounds what waits at a member: for real the system's own buffers do. Leave it out, or play it simulated`);
  if (members.length > MOST_MEMBERS) refuse(`${file}: ${members.length} members on one machine would measure the machine: ${MOST_MEMBERS} at most, such as with --set members=64`);
  if (members.length < 2) refuse(`${file}: a group of one has nobody to speak to`);
  if (network.catchUp > 0) refuse(`${file}: network.catchUp says how long a message takes that piled up: for real the machine decides that`);
  if (network.streamDeadline !== STREAM_DEADLINE) refuse(`${file}: network.streamDeadline is 10s for real members, and cannot be set`);
  if (network.retransmitAfter !== RETRANSMIT_AFTER) refuse(`${file}: network.retransmitAfter is 200ms for real members, and cannot be set`);
  refuseHarms(file, network, timeline);
  if (processes > members.length) refuse(`--processes ${processes} is too many: there are ${members.length} members`);
}

/** What no process of ours can be made to do. */
const impossible: Readonly<Partial<Record<Action["kind"], string>>> = {
  slow: "makes machines slow: for real, members are as fast as this machine",
  clock: "changes machines' clocks: real members here share this machine's",
  replace: "starts members at the addresses of others: for real, each has a socket of its own",
};

function refuseMachines(file: string, timeline: Scenario["timeline"]): void {
  for (const { entry, action } of timeline) {
    const why = impossible[action.kind];
    if (why !== undefined) refuse(`${file}: timeline[${entry}] ${why}. Play it simulated`);
    const keeps = action.kind === "restart" ? action.view : action.kind === "churn" ? action.back.view : undefined;
    if (keeps === "kept") refuse(`${file}: timeline[${entry}] has members come back with the view they had (view: kept), which real ones do not write down here. Play it simulated`);
  }
}

/** What sockets on loopback can't be made to do: only losing, doubling, delaying and cutting off is done for real. */
function refuseHarms(file: string, network: Scenario["network"], timeline: Scenario["timeline"]): void {
  const given = [network.link, ...network.links.map(({ link }) => link)].find(({ harms }) => harms !== undefined)?.harms;
  if (given !== undefined) refuse(`${file}: network has ${Object.keys(given).join(", ")}: for real, a network only loses, doubles and delays. Play it simulated`);
  for (const { entry, action } of timeline) {
    const where = `${file}: timeline[${entry}]`;
    if (action.kind === "clog" || action.kind === "swizzle") refuse(`${where} clogs links: what real sockets have sent can't be held back. Write impair with delay, or play it simulated`);
    if (action.kind === "impair" && action.harms !== undefined) refuse(`${where} impairs by ${Object.keys(action.harms).join(", ")}: for real, only loss, duplicate and delay are done. Play it simulated`);
    if (action.kind === "partition" && action.crossing?.kind === "jam") refuse(`${where} jams what would cross: what real sockets have sent can't be held back. Write mode: drop or slow, or play it simulated`);
    if ("flap" in action && action.flap !== undefined) refuse(`${where} comes and goes at moments of its own: for real, the timeline says when. Write every and for, or play it simulated`);
  }
}

function refuse(why: string): never {
  throw new Stop(exits.usage, why);
}
