/** The words of a message's look: the same in the group and in lanes. */

import { messageKinds } from "../model/words.ts";

const families: readonly string[] = messageKinds.map((kind) => {
  if (kind === "gossip") return "gossip";
  return kind === "ping" || kind === "ack" || kind === "ping-req" || kind === "nack" ? `probe ${kind}` : `stream ${kind.replace("stream ", "stream-")}`;
});

/** From a kind's code, the claims in its gossip (see `Traffic`), and whether it was lost or is selected. */
export function messageLook(kind: number, carries: number, isLost: boolean, isSelected: boolean): string {
  const news = (carries & 4) !== 0 ? " tells-dead" : (carries & 2) !== 0 ? " tells-suspect" : "";
  return `message ${families[kind] ?? ""}${news}${isLost ? " lost" : ""}${isSelected ? " selected" : ""}`;
}
