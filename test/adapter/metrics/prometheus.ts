/** Prometheus' text format, read strictly: what is not as its rules say throws. */

export type Sample = { readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly value: number };
export type Family = { readonly name: string; readonly type: string; readonly help: string; readonly samples: readonly Sample[] };

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const sampleLine = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)$`);
const labelPart = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/gy;

/** Each family once, HELP and TYPE before its samples, and no sample twice. */
export function readPrometheus(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  const families = new Map<string, { name: string; type: string; help: string; samples: Sample[] }>();
  const seen = new Set<string>();
  let open: { name: string; type: string; help: string; samples: Sample[] } | undefined;
  for (const line of text.split("\n").filter((line) => line !== "")) {
    const [, comment, name = "", rest = ""] = new RegExp(`^# (HELP|TYPE) (${NAME}) (.*)$`).exec(line) ?? [];
    if (comment === "HELP") {
      if (families.has(name)) throw new Error(`${name} stands here for the second time`);
      open = { name, type: "untyped", help: rest, samples: [] };
      families.set(name, open);
    } else if (comment === "TYPE") {
      if (open?.name !== name || open.samples.length > 0) throw new Error(`the type of ${name} stands in the wrong place`);
      open.type = rest;
    } else {
      const sample = readSample(line);
      if (open === undefined || !belongs(sample.name, open)) throw new Error(`${sample.name} stands outside its family`);
      const key = JSON.stringify([sample.name, Object.entries(sample.labels).toSorted()]);
      if (seen.has(key)) throw new Error(`twice: ${line}`);
      seen.add(key);
      open.samples.push(sample);
    }
  }
  return families;
}

const suffixes: Readonly<Record<string, readonly string[]>> = { histogram: ["_bucket", "_sum", "_count"], summary: ["", "_sum", "_count"] };
const belongs = (name: string, family: Family): boolean => (suffixes[family.type] ?? [""]).some((suffix) => name === family.name + suffix);

function readSample(line: string): Sample {
  const [, name = "", written = "", value = ""] = sampleLine.exec(line) ?? [];
  if (name === "") throw new Error(`no sample: ${line}`);
  const labels: Record<string, string> = {};
  labelPart.lastIndex = 0;
  let end = 0;
  for (let part = labelPart.exec(written); part !== null; part = labelPart.exec(written)) {
    labels[part[1] ?? ""] = part[2] ?? "";
    end = labelPart.lastIndex;
  }
  if (end !== written.length) throw new Error(`labels of ${line}`);
  const number = value === "+Inf" ? Infinity : Number(value);
  // A mean of nothing, as between two scrapes that follow at once; Prometheus reads it in any case of letters.
  if (Number.isNaN(number) && value.toLowerCase() !== "nan") throw new Error(`no number: ${line}`);
  return { name, labels, value: number };
}

/** The value of the sample with these labels and no others; undefined if there is none. */
export const valueOf = (families: ReadonlyMap<string, Family>, name: string, labels: Readonly<Record<string, string>> = {}): number | undefined => {
  for (const { samples } of families.values()) {
    const found = samples.find((sample) => sample.name === name && JSON.stringify(Object.entries(sample.labels).toSorted()) === JSON.stringify(Object.entries(labels).toSorted()));
    if (found !== undefined) return found.value;
  }
  return undefined;
};
