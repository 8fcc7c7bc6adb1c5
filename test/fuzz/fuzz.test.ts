/** A little fuzzing in every run of the tests: the same seed, so many attempts at each reader, and both answers among them. */

import { describe, expect, test } from "vitest";
import { FuzzDice } from "./mutate.ts";
import { Broken, targets } from "./targets.ts";

/** A second or two each; traces, captures and scenarios take longest to read. */
const attempts: Readonly<Record<string, number>> = { datagrams: 20_000, streams: 20_000, labels: 20_000, traces: 300, captures: 200, scenarios: 300, "small worlds": 1_000 };

describe("nothing throws, and nothing is refused for no reason", () => {
  test.each(targets)("$name", ({ name, attempt }) => {
    const dice = new FuzzDice(1952);
    const answers = { understood: 0, refused: 0 };
    for (let time = 0; time < (attempts[name] ?? 0); time++) answers[attempt(dice).isUnderstood ? "understood" : "refused"]++;
    expect(Math.min(answers.understood, answers.refused), JSON.stringify(answers)).toBeGreaterThan(2);
  });
});

test("what breaks a reader can be pasted into a test", () => {
  expect(new Broken("traces", "00ff", new RangeError("no such place")).message).toBe("traces broke at 00ff: no such place");
});
