/** A reader who is too slow: what is missing is one gap, and it hears where that was and how long. */

import { expect, test } from "vitest";
import { instant } from "../../../engine/index.ts";
import { MemberError, type MemberEvent } from "../../../adapter/index.ts";
import { EventQueue, MOST_WAITING } from "../../../adapter/member/event-queue.ts";

const event = (number: number): MemberEvent => ({ kind: "error", at: instant(number), error: new MemberError("system", `${number}`) });

test("once one was dropped, all are until the reader has come to the gap, though it has read some", async () => {
  const queue = new EventQueue(() => {});
  for (let number = 0; number <= MOST_WAITING; number++) queue.put(event(number));
  const read = async (): Promise<string> => {
    const { value } = await queue.next();
    return value?.kind === "error" ? value.error.message : "";
  };
  expect(await read()).toBe("0");
  queue.put(event(7_777));
  for (let number = 1; number < MOST_WAITING; number++) expect(await read()).toBe(`${number}`);
  expect(await read()).toMatch(/^2 events were dropped/);
  queue.put(event(8_888));
  expect(await read()).toBe("8888");
});
