/** A message as hexadecimal bytes, each part with its name; pointing at a part highlights its bytes, and pointing at a byte its part. */

import type { MessageDetail } from "../model/detail.ts";
import { element } from "../page/element.ts";

/** The most parts that are listed: a view of thousands of members has tens of thousands. */
const MOST = 400;

export function bytesView(id: number, { bytes, parts, size }: Pick<MessageDetail, "bytes" | "parts" | "size">): HTMLElement {
  if (bytes === null) return element("section", {}, element("h3", {}, `${size} bytes`), element("p", { class: "soft" }, "The message is too long to show its bytes."));
  const shown = parts.slice(0, MOST);
  const spans = shown.map(({ from, to, name }, n) => element("span", { class: n % 2 === 0 ? "even" : "odd", title: name, "data-part": n }, [...bytes.subarray(from, to)].map(hex).join(" ")));
  const rows = shown.map(({ from, to, name, value }, n) => element("tr", { "data-part": n },
    element("td", {}, element("code", {}, from === to - 1 ? String(from) : `${from}–${to - 1}`)), element("th", { scope: "row" }, name), element("td", {}, value)));
  const light = (event: Event): void => {
    const part = event.target instanceof Element ? (event.target.closest<HTMLElement>("[data-part]")?.dataset["part"] ?? null) : null;
    for (const one of [...spans, ...rows]) one.classList.toggle("lit", one.dataset["part"] === part);
  };
  return element("section", { class: "bytes", onpointerover: light, onclick: light },
    element("h3", {}, `${size} bytes`),
    element("p", { class: "soft" }, "The encoded message, before compression, checksum and encryption."),
    element("div", { class: "hex", tabindex: 0, role: "group", "aria-label": "Bytes in hexadecimal" }, ...spans.flatMap((span) => [span, " "]), parts.length > MOST ? "…" : ""),
    element("table", { class: "figures", id: `parts-${id}` }, element("thead", {}, element("tr", {}, ...["bytes", "part", "value"].map((name) => element("th", { scope: "col" }, name)))), element("tbody", {}, ...rows)),
    ...(parts.length > MOST ? [element("p", { class: "soft" }, `and ${parts.length - MOST} more parts`)] : []));
}

const hex = (byte: number): string => byte.toString(16).padStart(2, "0");
