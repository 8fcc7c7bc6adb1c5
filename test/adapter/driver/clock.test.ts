/** The clocks: one that stands still until it is told, and the machine's. */

import { describe, expect, test } from "vitest";
import { machineClock, virtualClock } from "../../../adapter/index.ts";
import { after, instant, milliseconds, NEVER, seconds } from "../../../engine/index.ts";
import { ms } from "../../builders.ts";

describe("a virtual clock", () => {
  test("rings in order, each at its moment, and what is set meanwhile as well", async () => {
    const clock = virtualClock();
    const rung: string[] = [];
    const note = (name: string) => () => rung.push(`${name} ${clock.now() / 1_000}`);
    clock.alarm(ms(20), note("late"));
    clock.alarm(ms(10), () => { note("first")(); clock.alarm(ms(10), note("third")); clock.alarm(ms(15), note("between")); });
    clock.alarm(ms(10), note("second"));
    clock.alarm(ms(31), note("beyond"));
    clock.alarm(NEVER, note("never"));
    clock.alarm(ms(12), note("taken back"))();
    await clock.pass(milliseconds(30));
    expect(rung).toEqual(["first 10", "second 10", "third 10", "between 15", "late 20"]);
    expect(clock.now()).toBe(30_000);
  });

  test("what hangs on an alarm is done before the next rings", async () => {
    const clock = virtualClock();
    const done: string[] = [];
    clock.alarm(ms(1), () => void (async () => {
      for (let k = 0; k < 50; k++) await Promise.resolve();
      done.push(`promises at ${clock.now() / 1_000}`);
    })());
    clock.alarm(ms(2), () => done.push("next"));
    await clock.pass(milliseconds(5));
    expect(done).toEqual(["promises at 1", "next"]);
  });

  test("after a jump it rings late, and shows the true moment", async () => {
    const clock = virtualClock();
    const rung: number[] = [];
    for (const at of [1, 2, 3]) clock.alarm(ms(at), () => rung.push(clock.now() / 1_000));
    clock.jump(seconds(3_600));
    expect(rung).toEqual([]);
    await clock.pass(milliseconds(0));
    expect(rung).toEqual([3_600_000, 3_600_000, 3_600_000]);
  });

  test("passes until a promise is settled, and not a moment more; and does not wait for ever", async () => {
    const clock = virtualClock();
    let beyond = 0;
    const promise = new Promise<string>((resolve) => { clock.alarm(ms(70), () => resolve("there")); });
    clock.alarm(ms(80), () => { beyond++; });
    expect(await clock.until(promise)).toBe("there");
    expect([clock.now(), beyond]).toEqual([70_000, 0]);
    await expect(clock.until(Promise.reject(new Error("no")))).rejects.toThrow("no");
    await expect(clock.until(new Promise(() => {}), seconds(1))).rejects.toThrow(/timed out after 1 s/);
  });

  test("two who let time pass take turns", async () => {
    const clock = virtualClock();
    const rung: number[] = [];
    for (const at of [5, 15, 25]) clock.alarm(ms(at), () => rung.push(clock.now() / 1_000));
    await Promise.all([clock.pass(milliseconds(10)), clock.pass(milliseconds(10))]);
    expect([rung, clock.now()]).toEqual([[5, 15], 20_000]);
  });
});

describe("the machine's clock", () => {
  test("rings at its moment or later, never at once, and not if taken back", async () => {
    const clock = machineClock();
    const started = clock.now();
    const at = after(started, milliseconds(20));
    let takenBack = 0;
    clock.alarm(instant(0), () => { takenBack++; })();
    const rung = await new Promise<number>((resolve) => {
      let isSet = false;
      clock.alarm(instant(0), () => expect(isSet).toBe(true));
      clock.alarm(at, () => resolve(clock.now()));
      isSet = true;
    });
    expect(rung).toBeGreaterThanOrEqual(at);
    expect(takenBack).toBe(0);
    expect(Number.isInteger(rung)).toBe(true);
  });

  /** A clock of a machine that sleeps when told to, which its monotonic clock does not count; and by how many seconds it is ahead of that once its alarm has rung. */
  function aClockThatSleeps() {
    const origin = performance.now();
    let slept = 0;
    const clock = machineClock(origin, () => performance.now() / 1_000 + slept);
    const aheadAfterAlarm = async (): Promise<number> => {
      await new Promise<void>((resolve) => { clock.alarm(after(clock.now(), milliseconds(5)), resolve); });
      const before = performance.now();
      // A little less than nothing is nothing.
      return Math.round((clock.now() / 1_000 - (before - origin)) / 1_000) + 0;
    };
    return { sleep: (seconds: number) => void (slept += seconds), aheadAfterAlarm };
  }

  test("goes forward by what the machine slept, once, where the monotonic clock stood still meanwhile", async () => {
    const { sleep, aheadAfterAlarm } = aClockThatSleeps();
    expect(await aheadAfterAlarm()).toBe(0);
    sleep(3_600);
    expect([await aheadAfterAlarm(), await aheadAfterAlarm()]).toEqual([3_600, 3_600]);
    sleep(10);
    expect(await aheadAfterAlarm()).toBe(3_610);
  });

  test("what is known of a machine's uptime only roughly is no sleep", async () => {
    const { sleep, aheadAfterAlarm } = aClockThatSleeps();
    sleep(0.9);
    expect(await aheadAfterAlarm()).toBe(0);
  });

  test("goes on where a sandbox does not tell the uptime", async () => {
    const clock = machineClock(performance.now(), () => { throw new Error("not in this sandbox"); });
    const before = clock.now();
    await new Promise<void>((resolve) => { clock.alarm(after(before, milliseconds(5)), resolve); });
    expect(clock.now()).toBeGreaterThan(before);
  });

  test("what is due in months does not ring at once", async () => {
    const clock = machineClock();
    let rung = 0;
    const far = clock.alarm(after(clock.now(), seconds(90 * 24 * 3_600)), () => { rung++; });
    await new Promise<void>((resolve) => { clock.alarm(after(clock.now(), milliseconds(20)), resolve); });
    far();
    expect(rung).toBe(0);
  });
});
