/** Summarises a profile: the self time, or self memory, of each function and each room. Pure; the types are those of Chromium's DevTools. */

/** A function of a profile. Lines and columns count from 0. */
export type Frame = { readonly functionName: string; readonly url: string; readonly lineNumber: number; readonly columnNumber: number };

/** The used part of a .cpuprofile. The samples are ids of nodes; each delta, in microseconds, is the time before its sample. */
export type CpuProfile = {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame }[];
  readonly endTime: number;
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
};

/** A node of a .heapprofile: bytes allocated by the function itself, when called by its parents. */
export type HeapNode = { readonly callFrame: Frame; readonly selfSize: number; readonly children: readonly HeapNode[] };

/** An amount of time or memory that a function took by itself. */
export type Taken = { readonly frame: Frame; readonly amount: number };

/** One line of a summary: a name, and its share of all. `where` is empty for rooms, and for functions without a file. */
export type Share = { readonly name: string; readonly where: string; readonly amount: number; readonly share: number };

export type Summary = { readonly total: number; readonly functions: readonly Share[]; readonly rooms: readonly Share[] };

/** Microseconds by function. A sample counts until the next one; idle time is left out. */
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

/** The functions and rooms that took most, in that order. `root` is the repository's address, `file:///…/`, which is removed from every place. */
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

/** The file and line of a function, relative to the repository. */
function placeOf({ url, lineNumber }: Frame, root: string): string {
  if (url === "") return "";
  const file = withinHouse(url, root);
  return lineNumber < 0 ? file : `${file}:${lineNumber + 1}`;
}

const withinHouse = (url: string, root: string): string => (url.startsWith(root) ? url.slice(root.length) : url);

/** The room of a function: a folder of the repository, or one inside it; a package; or the runtime. */
export function roomOf({ functionName, url }: Frame, root: string): string {
  if (url === "" && functionName === "(garbage collector)") return "garbage collector";
  // What the system does for us, and built-in functions of the language.
  if (url === "" || url.startsWith("node:")) return "node";
  const file = withinHouse(url, root);
  const inPackage = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file);
  if (inPackage !== null) return inPackage[1] ?? "";
  return file.split("/").slice(0, -1).slice(0, 2).join("/") || file;
}
