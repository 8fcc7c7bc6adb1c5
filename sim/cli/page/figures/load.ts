/** Load: what each member sends per second, by kind of message. */

import { barX, ruleX, text } from "@observablehq/plot";
import { count, figure } from "../../report/wording.ts";
import type { Document } from "../../report/index.ts";
import { draw } from "../draw.ts";
import type { Figure } from "../figure.ts";

export function loadFigure({ metrics: { load } }: Document): Figure {
  const kinds = Object.entries(load.byKind)
    .map(([kind, { perMemberSecond, bytesPerMemberSecond, count: sent }]) => ({ kind, messages: perMemberSecond ?? 0, bytes: bytesPerMemberSecond ?? 0, sent }))
    .toSorted((one, other) => other.bytes - one.bytes);
  const total = load.bytesPerMemberSecond ?? 0;
  const about = [`Per member and second: ${figure(load.bytesPerMemberSecond)} bytes in ${figure(load.datagramsPerMemberSecond)} datagrams and ${figure(load.streamsPerMemberSecond)} streams.`];
  const frame = { id: "load", title: "Load by kind of message", about };
  const [first] = kinds;
  if (first === undefined) return { ...frame, picture: null };
  const share = (bytes: number): string => (total > 0 ? `${((bytes / total) * 100).toFixed(1)} %` : "0 %");
  const svg = draw({
    height: 70 + kinds.length * 26, marginLeft: 100, marginRight: 90,
    x: { label: "bytes per member and second →", grid: true, ticks: 6 },
    y: { label: null, domain: kinds.map(({ kind }) => kind) },
    marks: [
      barX(kinds, { y: "kind", x: "bytes", fill: "var(--hue-0)" }),
      text(kinds, { y: "kind", x: "bytes", text: ({ bytes }: { readonly bytes: number }) => `${figure(bytes)} (${share(bytes)})`, textAnchor: "start", dx: 5, fill: "var(--ink)" }),
      ruleX([0], { stroke: "var(--faint)" }),
    ],
  }, `Bytes per member and second by kind of message; most is ${first.kind}, with ${share(first.bytes)}.`);
  return {
    ...frame,
    picture: {
      svg,
      keys: [],
      table: {
        head: ["kind", "messages per member-second", "bytes per member-second", "share of bytes", "messages in all"],
        rows: kinds.map(({ kind, messages, bytes, sent }) => [kind, figure(messages), figure(bytes), share(bytes), count(sent)]),
      },
    },
  };
}
