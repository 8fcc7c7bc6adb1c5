/** An agent's description of itself, at its start. */

import type { SwimMember } from "../member/member.ts";
import type { MetricsServer } from "../metrics/serve.ts";
import type { Note } from "./news.ts";
import type { AgentSettings } from "./settings.ts";
import { tame } from "./wording.ts";

/** For the head of the table. */
export function aboutUs({ member: { preset = "swimlab", keys = [], label, tcp }, record }: AgentSettings): readonly string[] {
  return [
    `preset ${preset}`,
    ...(tcp === undefined ? [] : [overTcp(tcp)]),
    ...(label === undefined || label === "" ? [] : [`label ${tame(label)}`]),
    ...(keys.length === 0 ? [] : ["encrypted"]),
    ...(record === undefined ? [] : ["recorded"]),
  ];
}

const overTcp = ({ tls }: NonNullable<AgentSettings["member"]["tcp"]>): string => (tls === undefined ? "TCP alone" : "TLS");

/** The first news. */
export function started({ member: { preset = "swimlab", keys = [], tcp }, record }: AgentSettings, member: SwimMember, server: MetricsServer | null): Note {
  const { name, address } = member;
  const figures = server === null ? "" : `; metrics at ${server.url}/metrics`;
  const recording = record === undefined ? "" : `; recorded in ${record}`;
  return {
    kind: "note", what: "started", text: `${name} runs at ${address}, preset ${preset}${tcp === undefined ? "" : `, ${overTcp(tcp)}`}${keys.length === 0 ? "" : ", encrypted"}${figures}${recording}`,
    facts: { name, address, preset, pid: process.pid, isEncrypted: keys.length > 0, ...(server !== null && { metrics: server.url }), ...(record !== undefined && { record }) },
  };
}
