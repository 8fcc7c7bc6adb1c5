/** Writes a scenario as people do, from plain values: one line for each entry of the timeline. */

import { Document, isCollection, isMap, isPair, isScalar, isSeq } from "yaml";

/** The content of a YAML file, as plain values. */
export type Written = { readonly [key: string]: WrittenValue };
export type WrittenValue = string | number | boolean | null | readonly WrittenValue[] | Written;

/** The sections whose items get a line each. */
const listed: ReadonlySet<string> = new Set(["timeline", "members", "expect"]);

/** YAML, with the keys in the given order; undefined values are left out. */
export function scenarioText(written: Written): string {
  const document = new Document(Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined)), { aliasDuplicateObjects: false });
  if (isMap(document.contents)) {
    for (const pair of document.contents.items) {
      if (!isPair(pair) || !isScalar(pair.key) || !isCollection(pair.value)) continue;
      if (!listed.has(String(pair.key.value))) pair.value.flow = true;
      else if (isSeq(pair.value)) for (const item of pair.value.items) if (isCollection(item)) item.flow = true;
    }
  }
  return `${document.toString({ lineWidth: 0, flowCollectionPadding: true }).trimEnd()}\n`;
}
