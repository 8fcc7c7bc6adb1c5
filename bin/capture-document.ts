/** What a capture tells, as data: for programs, and for the report. */

import { tagsOf, type Status, type Versions } from "../engine/index.ts";
import type { Capture, ClaimHeard, Count, Unread } from "../adapter/capture/index.ts";

export type CaptureDocument = {
  /** When the first packet was seen. */
  readonly began: string;
  readonly seconds: number;
  readonly packets: number;
  readonly members: readonly MemberDocument[];
  readonly messages: readonly Count[];
  readonly claims: readonly (Omit<ClaimHeard, "at"> & { readonly at: number })[];
  /** Further claims, that were too many to keep. */
  readonly moreClaims: number;
  readonly pings: { readonly asked: number; readonly answered: number; readonly lost: number; readonly silent: number; readonly open: number };
  /** Of those answered or lost, the share lost; and if half of that befell questions, the share of datagrams. Null if there were none. */
  readonly lossPerPing: number | null;
  readonly lossPerDatagram: number | null;
  /** In milliseconds. Null if none was answered. */
  readonly roundTrip: { readonly p50: number; readonly p90: number; readonly p99: number; readonly max: number } | null;
  /** Streams of which nobody knows who opened them. */
  readonly anonymousStreams: number;
  readonly unread: readonly Unread[];
};

/** `heard`: when it spoke, in seconds since the first packet; empty for whoever was only spoken of. */
export type MemberDocument = {
  readonly name: string;
  readonly address: string;
  readonly said: number;
  readonly heard: readonly { readonly from: number; readonly to: number }[];
  /** The last word about it, anybody's. Null if nobody said any. */
  readonly status: Status | null;
  readonly incarnation: number | null;
  readonly tags: Readonly<Record<string, string>>;
  /** The length of what it says of itself, if that is no Serf's tags. */
  readonly metaBytes: number;
  readonly versions: Versions | null;
};

export function captureDocument({ began, packets, census }: Capture): CaptureDocument {
  const { until, claims, moreClaims, pings, messages, anonymous, unread } = census;
  const { roundTrips, ...counts } = pings;
  const tried = counts.answered + counts.lost;
  const lossPerPing = tried === 0 ? null : counts.lost / tried;
  const at = (share: number): number => (roundTrips[Math.min(roundTrips.length - 1, Math.floor(share * roundTrips.length))] ?? 0) / 1_000;
  return {
    began: new Date(began / 1000).toISOString(),
    seconds: until / 1e6,
    packets,
    members: membersOfCapture(census),
    messages,
    claims: claims.map((claim) => ({ ...claim, at: claim.at / 1e6 })),
    moreClaims,
    pings: counts,
    lossPerPing,
    lossPerDatagram: lossPerPing === null ? null : 1 - Math.sqrt(1 - lossPerPing),
    roundTrip: roundTrips.length === 0 ? null : { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: (roundTrips.at(-1) ?? 0) / 1_000 },
    anonymousStreams: anonymous,
    unread,
  };
}

/** Those who spoke, in the order of their names; then those who were only spoken of. */
function membersOfCapture({ names, lives, fame, said }: Capture["census"]): readonly MemberDocument[] {
  const spoke = Array.from(names, ([address, name]) => ({ name, address, said: said.get(address) ?? 0, heard: (lives.get(address) ?? []).map(({ from, until }) => ({ from: from / 1e6, to: until / 1e6 })) }));
  const known = new Set(spoke.map(({ name }) => name));
  const others = Array.from(fame).flatMap(([name, { records }]) => (known.has(name) ? [] : [{ name, address: records[0]?.record.address ?? "", said: 0, heard: [] }]));
  const byName = (one: { readonly name: string }, other: { readonly name: string }): number => (one.name < other.name ? -1 : 1);
  return [...spoke.toSorted(byName), ...others.toSorted(byName)].map((member) => {
    const known = fame.get(member.name);
    // Another may have claimed its name, from another address.
    const record = (known?.records.findLast(({ record: { address } }) => address === member.address) ?? known?.records.at(-1))?.record;
    const tags = record === undefined || record.meta === "" ? undefined : tagsOf(record.meta);
    return {
      ...member,
      status: known?.last.status ?? null,
      incarnation: known?.last.incarnation ?? null,
      tags: Object.fromEntries(tags ?? []),
      metaBytes: tags === undefined ? (record?.meta.length ?? 0) : 0,
      versions: record?.versions ?? null,
    };
  });
}
