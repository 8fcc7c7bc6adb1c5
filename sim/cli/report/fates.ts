/** The fates of datagrams, for networks that do more than lose and delay them. */

import { isRemarkable, lossReasons, type LossReason } from "../../measure/fates.ts";
import type { FatesResult } from "../../measure/result.ts";
import { faint, heading, type Page } from "./page.ts";
import { table, type Row } from "./table.ts";
import { count } from "./wording.ts";

const meaning: Readonly<Record<LossReason, string>> = {
  burst: "in a bad stretch", clog: "a clog held too much", corruption: "could not be read any more", kind: "for what they said", loss: "by chance",
  mtu: "too large", nobody: "nobody listened there", overflow: "no room where it was to wait to be read", partition: "across a partition or a cut", queue: "the queue was full",
};

/** Why datagrams were lost, and what else happened to others; empty for a network without such faults. */
export function fateSection(fates: FatesResult | undefined, page: Page): readonly string[] {
  if (fates === undefined || !isRemarkable(fates)) return [];
  const { sent, delivered, inFlight, lost } = fates;
  const losses = lossReasons.filter((why) => lost[why] > 0).map((why) => [lost[why], `lost: ${why}`, meaning[why]] as const);
  const others = ([
    [fates.corrupted, "corrupted", "with flipped bits, read or not"],
    [fates.duplicated, "duplicated", "came twice at once"],
    [fates.replayed, "replayed", "came once more, later"],
    [fates.heldBack, "held back", "overtaken by later ones"],
    [fates.clogged, "clogged", "had to wait for a clog's end"],
  ] as const).filter(([times]) => times > 0);
  return [
    heading("FATES", `${count(sent)} datagrams sent, ${count(delivered)} delivered, ${count(inFlight)} still under way`, page),
    ...table([...losses, ...others].map(([times, name, remark]): Row => [count(times), name, ...faint(page.ink, [remark])]), "rll"),
  ];
}
