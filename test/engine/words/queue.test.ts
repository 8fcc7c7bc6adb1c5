/** The queue: least told first, among equals in the order asked for; and against the plainest thing that does the same. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { added, emptyQueue, itemsOf, queued, take, unqueued, waitingUnder, withoutLast, type Entry, type Order, type Queue } from "../../../engine/words/queue.ts";

const entry = (name: string, size = 10, key: string | null = name): Entry<string> => ({ key, item: name, size });
/** `"b c"`: these names, each of ten bytes, queued one after another. */
const line = (names: string): Queue<string> => names.split(" ").reduce<Queue<string>>((queue, name) => queued(queue, entry(name), "newest"), emptyQueue);
const told = (queue: Queue<string>, room = 1000, limit = 4, most = 99): readonly [items: string, rest: Queue<string>] => {
  const { items, rest } = take(queue, "newest", room, limit, most);
  return [items.join(" "), rest];
};

/** What waits, in its order: the item, how often it was told, its size. */
const waiting = (queue: Queue<string>): readonly (readonly [string, number, number])[] => queue.runs.flatMap(({ entries, extra }) => entries.map(({ item, size }, place) => [item, queue.rounds + (extra[place] ?? NaN), size] as const));

describe("what goes first", () => {
  test("is what was told least; of those told equally often, the newest", () => {
    const [, later] = told(line("a b c"), 20);
    expect(told(later, 20)[0]).toBe("a c");
    expect(told(told(later, 20)[1], 20)[0]).toBe("b a");
  });

  test.for<readonly [Order, string]>([["newest", "d c b a"], ["longest", "c d b a"]])("with equal tellings, by %s: %s", ([order, expected]) => {
    const queue = [entry("a", 5), entry("b", 20), entry("c", 30), entry("d", 20)].reduce<Queue<string>>((rest, one) => queued(rest, one, order), emptyQueue);
    expect(take(queue, order, 1000, 4, 99).items.join(" ")).toBe(expected);
  });

  test("something new comes before all that was told, and is told as often as they in the end", () => {
    const [, once] = told(line("a b"));
    expect(told(queued(once, entry("new"), "newest"), 10)[0]).toBe("new");
  });
});

describe("what is taken", () => {
  test("fits the room, to the last byte; what does not fit is passed by, and keeps its turn", () => {
    const queue = [entry("short", 5), entry("long", 50)].reduce<Queue<string>>((rest, one) => queued(rest, one, "newest"), emptyQueue);
    expect(take(queue, "newest", 54, 4, 99)).toMatchObject({ items: ["long"], bytes: 50 });
    expect(take(queue, "newest", 49, 4, 99)).toMatchObject({ items: ["short"], bytes: 5 });
    expect(waiting(take(queue, "newest", 49, 4, 99).rest)).toEqual([["long", 0, 50], ["short", 1, 5]]);
    expect(take(queue, "newest", 55, 4, 99)).toMatchObject({ items: ["long", "short"], bytes: 55 });
  });

  test("is never taken twice in one message, though all others are told more often", () => {
    expect(told(line("a"), 1000)[0]).toBe("a");
  });

  test("is no more than so many things", () => {
    expect([0, 1, 2, 3].map((most) => told(line("a b c"), 1000, 4, most)[0])).toEqual(["", "c", "c b", "c b a"]);
  });

  test("is taken out at the limit, and its bytes with it", () => {
    const [, rest] = told(told(line("a b"), 10, 2)[1], 20, 2);
    expect([waiting(rest), rest.bytes]).toEqual([[["a", 1, 10]], 10]);
    expect(told(rest, 1000, 2)).toEqual(["a", emptyQueue]);
  });

  test("by a limit that has fallen below what was told already, is dropped untold", () => {
    const thrice = told(told(told(line("a"))[1])[1])[1];
    expect(told(thrice, 1000, 3)).toEqual(["", emptyQueue]);
    expect(told(queued(thrice, entry("b"), "newest"), 1000, 2)[0]).toBe("b");
    expect(told(queued(thrice, entry("b"), "newest"), 10, 2)[0]).toBe("b");
  });

  test("of nothing is nothing, and the very same queue", () => {
    expect(take(emptyQueue, "newest", 1000, 4, 99)).toEqual({ items: [], bytes: 0, rest: emptyQueue });
    expect(take(emptyQueue, "newest", 1000, 4, 99).rest).toBe(emptyQueue);
  });
});

describe("a key", () => {
  test("is found, or is not", () => {
    expect(waitingUnder(told(line("a b c"), 10)[1], "c")).toEqual({ item: "c", told: 1 });
    expect([waitingUnder(line("a b c"), "d"), waitingUnder(emptyQueue, "a")]).toEqual([undefined, undefined]);
  });

  test("stands once: what is newer takes its place, untold", () => {
    const queue = queued(told(line("a b"))[1], { key: "a", item: "again", size: 30 }, "newest");
    expect([waiting(queue), queue.bytes]).toEqual([[["again", 0, 30], ["b", 1, 10]], 40]);
  });

  test("of nothing stands as often as it comes; the empty one is a key like any other", () => {
    const nameless = [entry("a", 10, null), entry("b", 10, null)].reduce<Queue<string>>((rest, one) => queued(rest, one, "newest"), emptyQueue);
    expect(told(nameless)[0]).toBe("b a");
    const empty = [entry("a", 10, ""), entry("b", 10, "")].reduce<Queue<string>>((rest, one) => queued(rest, one, "newest"), emptyQueue);
    expect(told(empty)[0]).toBe("b");
  });

  test("is found among many that came under keys of their own, and one by one after that", () => {
    const keys = Array.from({ length: 200 }, (_, nth) => `k${nth}`);
    const storm = keys.reduce<Queue<string>>((queue, key) => added(queue, entry(key), "newest"), emptyQueue);
    expect([storm.runs.length > 3, storm.index]).toEqual([true, null]);
    const later = added(queued(storm, { key: "k7", item: "again", size: 10 }, "newest"), entry("k200"), "newest");
    expect([later.length, waitingUnder(later, "k7")?.item, waitingUnder(later, "k199")?.item, waitingUnder(later, "k200")?.item]).toEqual([201, "again", "k199", "k200"]);
    const [less, last] = withoutLast(later);
    expect([last, later.index === null, waitingUnder(less, "k0"), less.length]).toEqual(["k0", false, undefined, 200]);
    expect([...keys, "k200"].reduce((queue, key) => unqueued(queue, key), later)).toBe(emptyQueue);
  });

  test("can be taken out; without it, the queue is the very same", () => {
    const queue = line("a b c");
    expect([waiting(unqueued(queue, "b")), unqueued(queue, "b").bytes]).toEqual([[["c", 0, 10], ["a", 0, 10]], 20]);
    expect(unqueued(queue, "d")).toBe(queue);
  });
});

/** A list of what waits, newest last, sorted anew for each question. */
type Waiting = { readonly name: string; readonly key: string | null; readonly size: number; readonly told: number };
type Model = readonly Waiting[];

/** Who is told first, and who last. */
const inTurn = (model: Model, order: Order): Model =>
  model.toReversed().toSorted((one, other) => one.told - other.told || (order === "longest" ? other.size - one.size : 0));

function takenOf(model: Model, order: Order, room: number, limit: number, most: number): readonly [items: readonly string[], rest: Model] {
  const turns = inTurn(model.filter(({ told }) => told < limit), order);
  const items = new Set<Waiting>();
  let left = room;
  for (const waiting of turns) {
    if (waiting.size > left || items.size === most) continue;
    left -= waiting.size;
    items.add(waiting);
  }
  const rest = model.map((waiting) => (items.has(waiting) ? { ...waiting, told: waiting.told + 1 } : waiting));
  return [[...items].map(({ name }) => name), rest.filter(({ told }) => told < limit)];
}

const without = (model: Model, taken: string | null): Model => model.filter(({ key }) => key === null || key !== taken);

type Move =
  | { readonly kind: "queued"; readonly key: string | null; readonly size: number }
  | { readonly kind: "unqueued"; readonly key: string }
  /** Under a key that was never used before. */
  | { readonly kind: "added"; readonly size: number }
  /** What stands under the key of the so-manieth thing that waits. */
  | { readonly kind: "unqueued-there"; readonly nth: number }
  | { readonly kind: "without-last" }
  | { readonly kind: "take"; readonly room: number; readonly limit: number; readonly most: number };

const aMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("queued" as const), key: fc.constantFrom("a", "b", "c", "d", "", null), size: fc.constantFrom(3, 10, 11, 40) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("unqueued" as const), key: fc.constantFrom("a", "b", "") }) },
  fc.record({ kind: fc.constant("without-last" as const) }),
  {
    weight: 6, arbitrary: fc.record({
      kind: fc.constant("take" as const), room: fc.constantFrom(-1, 0, 10, 25, 60, 1000), limit: fc.constantFrom(1, 2, 3, 5), most: fc.constantFrom(0, 1, 3, 99),
    }),
  },
);

/** The same where much waits: more than one list holds, under keys that come back. */
const aStormyMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant("queued" as const), key: fc.oneof({ weight: 9, arbitrary: fc.nat({ max: 180 }).map(String) }, fc.constant(null)), size: fc.constantFrom(3, 10, 11, 40) }) },
  { weight: 12, arbitrary: fc.record({ kind: fc.constant("added" as const), size: fc.constantFrom(3, 10, 11, 40) }) },
  fc.record({ kind: fc.constant("unqueued" as const), key: fc.nat({ max: 180 }).map(String) }),
  fc.record({ kind: fc.constant("unqueued-there" as const), nth: fc.nat({ max: 200 }) }),
  fc.record({ kind: fc.constant("without-last" as const) }),
  fc.record({
    kind: fc.constant("take" as const), room: fc.constantFrom(60, 400, 1400, 9000), limit: fc.constantFrom(1, 3, 5, 9), most: fc.constantFrom(3, 33, 99, 999),
  }),
);

test.for<readonly [Order, string, fc.Arbitrary<Move>, number, number]>([
  ["newest", "", aMove, 40, 150], ["longest", "", aMove, 40, 150], ["newest", ", in a storm", aStormyMove, 700, 25], ["longest", ", in a storm", aStormyMove, 700, 25],
])("a queue does what a list sorted anew does, after any moves: by %s%s", ([order, , move, maxLength, numRuns]) => {
  let [told, given] = [0, 0];
  let most = 0;
  fc.assert(fc.property(fc.array(move, { maxLength, size: "max" }), (moves) => {
    let queue: Queue<string> = emptyQueue;
    let model: Model = [];
    moves.forEach((move, turn) => {
      const name = `${turn}`;
      if (move.kind === "queued" || move.kind === "added") {
        const key = move.kind === "added" ? `new ${name}` : move.key;
        queue = (move.kind === "added" ? added : queued)(queue, { key, item: name, size: move.size }, order);
        model = [...without(model, key), { name, key, size: move.size, told: 0 }];
      } else if (move.kind === "unqueued" || move.kind === "unqueued-there") {
        const key = move.kind === "unqueued" ? move.key : model[move.nth % Math.max(1, model.length)]?.key ?? "nowhere";
        expect(waitingUnder(queue, key)?.item).toBe(model.find((waiting) => waiting.key === key)?.name);
        queue = unqueued(queue, key);
        model = without(model, key);
      } else if (move.kind === "without-last") {
        const last = inTurn(model, order).at(-1);
        if (last === undefined) return;
        const [rest, item] = withoutLast(queue);
        expect(item).toBe(last.name);
        [queue, model] = [rest, model.filter((waiting) => waiting !== last)];
        given++;
      } else {
        const [items, rest] = takenOf(model, order, move.room, move.limit, move.most);
        const batch = take(queue, order, move.room, move.limit, move.most);
        // What fits whole is handed over without sorting: within one message the order says nothing.
        expect(batch.items.toSorted()).toEqual(items.toSorted());
        expect(batch.bytes).toBe(items.reduce((sum, item) => sum + (model.find(({ name }) => name === item)?.size ?? 0), 0));
        [queue, model] = [batch.rest, rest];
        told += items.length;
      }
      expect(itemsOf(queue)).toEqual(waiting(queue).map(([item]) => item));
      expect(queue.length).toBe(model.length);
      most = Math.max(most, queue.runs.length);
      expect(new Map(waiting(queue).map(([item, times]) => [item, times]))).toEqual(new Map(model.map(({ name, told }) => [name, told])));
      expect(queue.bytes).toBe(model.reduce((sum, { size }) => sum + size, 0));
    });
  }), { seed: 60, numRuns });
  expect(told).toBeGreaterThan(400);
  expect(given).toBeGreaterThan(50);
  expect(most).toBeGreaterThan(maxLength > 100 ? 2 : 0);
});
