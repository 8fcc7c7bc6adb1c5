/** A profile summed up: what each function and each room took by itself, of the processor's time or of memory. Pure; the shapes are those of Chromium's DevTools. */

/** A function of a profile. Lines and columns count from nought. */
export type Frame = { readonly functionName: string; readonly url: string; readonly lineNumber: number; readonly columnNumber: number };

/** A .cpuprofile, as far as it is read here. The samples are ids of nodes; the deltas, in microseconds, lie before each of them. */
export type CpuProfile = {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame }[];
  readonly endTime: number;
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
};

/** A node of a .heapprofile: bytes allocated by the function itself, when called by those above it. */
export type HeapNode = { readonly callFrame: Frame; readonly selfSize: number; readonly children: readonly HeapNode[] };

/** So much of something, by a function itself. */
export type Taken = { readonly frame: Frame; readonly amount: number };

/** One line of a summary: who, and its share of all. `where` is empty for rooms, and for what stands in no file. */
export type Share = { readonly name: string; readonly where: string; readonly amount: number; readonly share: number };

export type Summary = { readonly total: number; readonly functions: readonly Share[]; readonly rooms: readonly Share[] };

/** Microseconds by function. A sample counts from when it was taken to the next; while nothing was to be done, nothing was taken. */
export function timeOf({ nodes, samples, timeDeltas, startTime, endTime }: CpuProfile): readonly Taken[] {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const lastAt = timeDeltas.reduce((at, delta) => at + delta, startTime);
  return samples.flatMap((id, index) => {
    const frame = frames.get(id);
    if (frame === undefined || isIdle(frame)) return [];
    return [{ frame, amount: Math.max(0, timeDeltas[index + 1] ?? endTime - lastAt) }];
  });
}

/** Bytes by function. */
export function memoryOf(head: HeapNode): readonly Taken[] {
  const taken: Taken[] = [];
  const left = [head];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (node.selfSize > 0) taken.push({ frame: node.callFrame, amount: node.selfSize });
    left.push(...node.children);
  }
  return taken;
}

/** The functions and rooms that took most, in that order. `root` is the house's address, `file:///…/`, which is left out of every place. */
export function summaryOf(taken: readonly Taken[], root: string): Summary {
  const total = taken.reduce((sum, { amount }) => sum + amount, 0);
  const functions = gathered(taken, total, ({ frame }) => [frame.functionName || "(anonymous)", placeOf(frame, root)]);
  const rooms = gathered(taken, total, ({ frame }) => [roomOf(frame, root), ""]);
  return { total, functions, rooms };
}

function gathered(taken: readonly Taken[], total: number, nameOf: (one: Taken) => readonly [name: string, where: string]): readonly Share[] {
  const sums = new Map<string, { readonly name: string; readonly where: string; amount: number }>();
  for (const one of taken) {
    const [name, where] = nameOf(one);
    const key = `${name}\n${where}`;
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { name, where, amount: one.amount });
    else sum.amount += one.amount;
  }
  return [...sums.values()].toSorted((one, other) => other.amount - one.amount).map((sum) => ({ ...sum, share: total === 0 ? 0 : sum.amount / total }));
}

const isIdle = ({ functionName, url }: Frame): boolean => url === "" && functionName === "(idle)";

/** The file and line of a function, as seen from the house. */
function placeOf({ url, lineNumber }: Frame, root: string): string {
  if (url === "") return "";
  const file = withinHouse(url, root);
  return lineNumber < 0 ? file : `${file}:${lineNumber + 1}`;
}

const withinHouse = (url: string, root: string): string => (url.startsWith(root) ? url.slice(root.length) : url);

/** The room that a function is in: a folder of the house, or one in it; a package; or what runs them. */
export function roomOf({ functionName, url }: Frame, root: string): string {
  if (url === "" && functionName === "(garbage collector)") return "garbage collector";
  // What the system does for us, and functions of the language that are not written in it.
  if (url === "" || url.startsWith("node:")) return "node";
  const file = withinHouse(url, root);
  const inPackage = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file);
  if (inPackage !== null) return inPackage[1] ?? "";
  return file.split("/").slice(0, -1).slice(0, 2).join("/") || file;
}
