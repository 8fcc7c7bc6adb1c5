/** Harms: converts what is written to what the network uses. */

import { micros } from "../../../engine/index.ts";
import type { Bursts, Corruption, Harms, InCommon, Late, Pipe, Shared } from "../harm.ts";
import { burstSpellings, type WrittenHarms } from "../schema/harm.ts";
import type { WrittenLatency } from "../schema/latency.ts";
import type { Path, Report } from "../trouble.ts";
import { latencyOf } from "./latency.ts";

/** The written harms, with inherited ones for the rest; undefined if there are none. */
export function harmsOf(written: WrittenHarms, inherited: Harms | undefined, path: Path, report: Report): Harms | undefined {
  const { bursts, pipe, corrupt, reorder, replay, lossOf } = written;
  const late = (share: number, by: WrittenLatency, key: string, word: string): Late => ({ share, by: latencyOf(by, [...path, key, word], report) });
  const harms: Harms = {
    ...inherited,
    ...(bursts === undefined ? {} : { bursts: burstsOf(bursts, [...path, "bursts"], report) }),
    ...(pipe === undefined ? {} : { pipe: pipeOf(pipe, [...path, "pipe"], report) }),
    ...(corrupt === undefined ? {} : { corrupt: corruptionOf(corrupt) }),
    ...(reorder === undefined ? {} : { reorder: late(reorder.share, reorder.by, "reorder", "by") }),
    ...(replay === undefined ? {} : { replay: late(replay.share, replay.after, "replay", "after") }),
    ...(lossOf === undefined ? {} : { lossOf: lossByKind(lossOf, [...path, "lossOf"], report) }),
  };
  return Object.keys(harms).length === 0 ? undefined : harms;
}

/** The same harms for several links: bursts and pipes that are not per pair get the number of the place where they were written, so that these links share them. */
export function inCommon(harms: Harms | undefined, of: number): { readonly harms?: Harms } {
  if (harms === undefined) return {};
  const marked = <What extends InCommon & { readonly shared: Shared }>(what: What): What => (what.shared === "pair" ? what : { of, ...what });
  const { bursts, pipe } = harms;
  return { harms: { ...harms, ...(bursts === undefined ? {} : { bursts: marked(bursts) }), ...(pipe === undefined ? {} : { pipe: marked(pipe) }) } };
}

type WrittenBursts = NonNullable<WrittenHarms["bursts"]>;

/** One channel in three spellings: share of loss and length of bad stretches; netem's four numbers; or the lengths of bad and good stretches. */
function burstsOf(written: WrittenBursts, path: Path, report: Report): Bursts {
  const { loss, meanLength, p, r, bad, good, shared = "pair", "1-h": lossInBad = 1, "1-k": lossInGood = 0 } = written;
  const rest = { lossInBad, lossInGood, shared };
  const [first, second] = burstSpellings.filter((words) => words.some((word) => written[word] !== undefined));
  if (second !== undefined && first !== undefined) {
    const [one, other] = [first, second].map((words) => words.find((word) => written[word] !== undefined)!);
    report([...path, other!], `${other!} and ${one!} can't be combined: write loss and meanLength, or p and r, or bad and good`);
  }
  if (p !== undefined) {
    if (r === 0 && p > 0) report([...path, "r"], "0% is impossible: a bad stretch would never end");
    return { kind: "by-packet", p, r: r ?? 1 - p, ...rest };
  }
  if (loss !== undefined && meanLength !== undefined) return friendly(loss, meanLength, rest, path, report);
  if (bad !== undefined && good !== undefined) return { kind: "by-time", bad, good, ...rest };
  report(path, first === undefined ? "no bursts are defined here: write loss and meanLength, or p and r, or bad and good" : `${first.join(" and ")} belong together: write both`);
  return { kind: "by-packet", p: 0, r: 1, ...rest };
}

/** Converts the share of all packets that are lost to the share that is bad: loss = bad · (1 − h) + good · (1 − k). */
function friendly(loss: number, meanLength: NonNullable<WrittenBursts["meanLength"]>, rest: Pick<Bursts, "lossInBad" | "lossInGood" | "shared">, path: Path, report: Report): Bursts {
  const { lossInBad, lossInGood } = rest;
  if (loss >= lossInBad || loss < lossInGood) {
    report([...path, "loss"], `such bursts lose from ${lossInGood * 100}% to below ${lossInBad * 100}%: that is what is lost in good stretches (1-k) and in bad ones (1-h)`);
    return { kind: "by-packet", p: 0, r: 1, ...rest };
  }
  const bad = (loss - lossInGood) / (lossInBad - lossInGood);
  const goodPerBad = (1 - bad) / bad;
  if (bad > 0 && "time" in meanLength) return { kind: "by-time", bad: meanLength.time, good: micros(Math.max(1, meanLength.time * goodPerBad)), ...rest };
  const packets = "packets" in meanLength ? meanLength.packets : 1;
  const r = 1 / packets;
  const p = bad === 0 ? 0 : r / goodPerBad;
  if (p > 1) report([...path, "meanLength"], `bursts of ${packets} ${packets === 1 ? "packet" : "packets"} can't lose that much: one would have to begin before every packet. Write longer ones`);
  return { kind: "by-packet", p: Math.min(1, p), r, ...rest };
}

function pipeOf({ bandwidth, queue, mtu, shared = "pair" }: NonNullable<WrittenHarms["pipe"]>, path: Path, report: Report): Pipe {
  if (bandwidth === undefined && mtu === undefined) report(path, "this pipe has no effect: write bandwidth or mtu");
  if (bandwidth === undefined && queue !== undefined) report([...path, "queue"], "queue works only with bandwidth: without it nothing waits");
  return { rate: bandwidth ?? null, queue: queue ?? null, mtu: mtu ?? null, shared };
}

const corruptionOf = (written: NonNullable<WrittenHarms["corrupt"]>): Corruption =>
  typeof written === "number" ? { share: written, bits: 1, crc: true } : { share: written.share, bits: written.bits ?? 1, crc: written.crc !== "off" };

function lossByKind(written: NonNullable<WrittenHarms["lossOf"]>, path: Path, report: Report): NonNullable<Harms["lossOf"]> {
  const given = Object.entries(written).filter(([, share]) => share !== undefined);
  if (given.length === 0) report(path, "nothing is lost here: write a kind of message, such as ack: 30%");
  return Object.fromEntries(given) as NonNullable<Harms["lossOf"]>;
}
