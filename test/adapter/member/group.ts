/** Members on a network in memory, and what their applications hear, in few words. */

import { createMember, memoryNetwork, type MemberOptions, type MemoryNetwork, type MemoryNetworkOptions, type SwimMember } from "../../../adapter/index.ts";

/** What an application heard: `join b`, `failed b by a`, in order. */
export type Heard = { readonly member: SwimMember; readonly heard: string[] };

export const aWorld = (options: MemoryNetworkOptions = {}): MemoryNetwork => memoryNetwork({ seed: 1, ...options });

/** A member that lives here. */
export const aMemberIn = (world: MemoryNetwork, name: string, options: Partial<MemberOptions> = {}): Promise<SwimMember> => createMember({ ...world.host(name), ...options });

/** Members that have joined the first of them, after so many seconds. */
export async function aGroupIn(world: MemoryNetwork, names: readonly string[], options: Partial<MemberOptions> = {}, length = 10): Promise<readonly SwimMember[]> {
  const members: SwimMember[] = [];
  for (const name of names) {
    const [first] = members;
    members.push(await aMemberIn(world, name, first === undefined ? options : { ...options, seeds: [first.address] }));
  }
  await world.pass(length);
  return members;
}

/** Writes down everything that it tells from now on. */
export function listen(member: SwimMember): string[] {
  const heard: string[] = [];
  member.on("join", ({ peer }) => heard.push(`join ${peer.name}`));
  member.on("update", ({ peer }) => heard.push(`update ${peer.name}`));
  member.on("suspect", ({ peer, by, via }) => heard.push(`suspect ${peer.name} by ${by} via ${via}`));
  member.on("clear", ({ peer }) => heard.push(`clear ${peer.name}`));
  member.on("failed", ({ peer, by }) => heard.push(`failed ${peer.name} by ${by}`));
  member.on("leave", ({ peer }) => heard.push(`leave ${peer.name}`));
  member.on("refute", ({ by }) => heard.push(`refute ${by}`));
  member.on("conflict", ({ peer, other }) => heard.push(`conflict ${peer.address} ${other.address}`));
  member.on("forget", ({ peer }) => heard.push(`forget ${peer.name}`));
  member.on("message", ({ from, payload }) => heard.push(`message ${from}: ${Buffer.from(payload).toString()}`));
  member.on("event", ({ name, payload }) => heard.push(`event ${name}: ${Buffer.from(payload).toString()}`));
  member.on("error", ({ error }) => heard.push(`error ${"code" in error ? String(error.code) : error.message}`));
  return heard;
}

export const namesOf = (member: SwimMember): readonly string[] => member.members().map(({ name }) => name);
export const statusOf = (member: SwimMember, name: string): string | undefined => member.find(name)?.status;

export const stopAll = async (members: readonly SwimMember[]): Promise<void> => { await Promise.all(members.map((member) => member.stop())); };
