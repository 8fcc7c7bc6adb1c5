/** Members that come and go: how often the application hears of it, and when it hears again. */

import { describe, expect, test } from "vitest";
import { NEVER, nextWake, seconds, type Config, type Event, type State } from "../../../engine/index.ts";
import { after, alive, aMember, aRecord, dead, hears, heldBy, left, ms, newsAfter, opened, pushPull, stateAfter, suspect, woke } from "../../builders.ts";

/** After two returns within a minute, the third is one too many. */
const damping: Partial<Config> = { flapLimit: 2, flapFor: seconds(60), confirmations: 2 };
const me = (config: Partial<Config> = {}): State => {
  const state = aMember("a", { knows: ["b", "c", "d", "e"], config: { ...damping, ...config } });
  return { ...state, probe: { ...state.probe, periodEndsAt: NEVER } };
};
const dies = (now: number, life: number): Event => hears(now, dead("b", "c", life));
const returns = (now: number, life: number): Event => hears(now, alive("b", life));
/** What is announced, event for event. */
function announced(state: State, ...events: readonly Event[]): readonly string[] {
  let current = state;
  return events.flatMap((event) => {
    const news = newsAfter(current, event);
    current = stateAfter(current, event);
    return news;
  });
}
/** b has died and come back three times, the last at 50 ms, in its fourth life. */
const flaps: readonly Event[] = [dies(0, 1), returns(10, 2), dies(20, 2), returns(30, 3), dies(40, 3), returns(50, 4)];

describe("a member that comes back too often", () => {
  test("is announced as damped, once, in place of its return; and then nothing of its coming and going", () => {
    expect(announced(me(), ...flaps, dies(60, 4), returns(70, 5), hears(80, suspect("b", "c", 5)), returns(90, 6))).toEqual([
      "failed b@1", "joined b@2", "failed b@2", "joined b@3", "failed b@3", "damped b@4",
    ]);
  });

  test("may do so once, if the limit is one", () => {
    expect(announced(me({ flapLimit: 1 }), ...flaps.slice(0, 4))).toEqual(["failed b@1", "joined b@2", "failed b@2", "damped b@3"]);
  });

  test("is believed, and told on, as any other", () => {
    const state = stateAfter(me(), ...flaps, dies(60, 4));
    expect(heldBy(state, "b")).toBe("dead@4");
    expect(heldBy(stateAfter(state, returns(70, 5)), "b")).toBe("alive@5");
  });

  test("is not announced either when it was forgotten meanwhile, and a view brings it back under suspicion", () => {
    const forgetful = me({ forgetAfter: seconds(1), strangers: "adopt" });
    const gone = stateAfter(forgetful, ...flaps, dies(60, 4), woke(1_060));
    expect(heldBy(gone, "b")).toBeUndefined();
    const back = opened(1_100, pushPull(false, aRecord("b", { status: "suspect", life: 5 })));
    expect([newsAfter(gone, back), heldBy(stateAfter(gone, back), "b")]).toEqual([[], "suspect@5"]);
    expect(newsAfter(me({ strangers: "adopt" }), opened(1_100, pushPull(false, aRecord("z", { status: "suspect" }))))).toEqual(["joined z@1", "suspected z@1"]);
  });

  test("nor when it comes back among many strangers at once", () => {
    const gone = stateAfter(me({ forgetAfter: seconds(1) }), ...flaps, dies(60, 4), woke(1_060));
    const crowd = Array.from({ length: 20 }, (_, k) => aRecord(`m${k}`));
    const news = newsAfter(gone, opened(1_100, pushPull(false, ...crowd, aRecord("b", { life: 5 }))));
    expect(news.toSorted()).toEqual(crowd.map(({ id }) => `joined ${id}@1`).toSorted());
  });

  test("is announced again when it has been still for long enough: as joined, if it lives", () => {
    const state = stateAfter(me(), ...flaps);
    expect(nextWake(state)).toBe(ms(60_050));
    expect(newsAfter(state, woke(60_049))).toEqual([]);
    const [still, effects] = after(state, woke(60_050));
    expect(effects).toMatchObject([{ change: { kind: "joined", member: { id: "b", incarnation: 4 } } }]);
    expect(still.flaps).toBeNull();
    expect(announced(still, dies(70_000, 4), returns(70_100, 5)), "all is forgotten").toEqual(["failed b@4", "joined b@5"]);
  });

  test("and is not, if it is dead by then: nobody was told that it had come back", () => {
    expect(newsAfter(stateAfter(me(), ...flaps, dies(60, 4)), woke(60_060))).toEqual([]);
  });

  test("is given no peace by each new stir", () => {
    const stirring = stateAfter(me(), ...flaps, hears(30_000, suspect("b", "c", 4)), returns(30_010, 5));
    expect(nextWake(stirring)).toBe(ms(90_010));
    expect(newsAfter(stirring, woke(90_010))).toEqual(["joined b@5"]);
  });

  test("is heard when it says goodbye, for that is its own word", () => {
    expect(newsAfter(stateAfter(me(), ...flaps), hears(60, left("b", 4)))).toEqual(["left b@4"]);
  });

  test("is not said to be suspected by more and more: its suspicion was not announced either", () => {
    const suspected = stateAfter(me(), ...flaps, hears(60, suspect("b", "c", 4)));
    expect(newsAfter(suspected, hears(70, suspect("b", "d", 4)))).toEqual([]);
    expect(newsAfter(me(), hears(60, suspect("b", "c")), hears(70, suspect("b", "d"))), "as those of others are").toEqual(["confirmed b@1"]);
  });
});

describe("a member that comes back", () => {
  test("not so often within so long is announced each time", () => {
    const slowly = [dies(0, 1), returns(10, 2), woke(60_010), dies(70_000, 2), returns(70_010, 3), woke(130_010), dies(140_000, 3), returns(140_010, 4)];
    expect(announced(me(), ...slowly)).toEqual(["failed b@1", "joined b@2", "failed b@2", "joined b@3", "failed b@3", "joined b@4"]);
  });

  test("after a goodbye, or from a suspicion, has not come back from the dead", () => {
    const comings = [1, 2, 3, 4].flatMap((life) => [hears(life * 10, left("b", life)), returns(life * 10 + 1, life + 1)]);
    expect(announced(me(), ...comings).filter((word) => word.startsWith("damped"))).toEqual([]);
    const refutations = [1, 2, 3, 4].flatMap((life) => [hears(life * 10, suspect("b", "c", life)), returns(life * 10 + 1, life + 1)]);
    expect(stateAfter(me(), ...refutations).flaps).toBeNull();
  });

  test("as often as it likes is announced where nobody is damped", () => {
    expect(announced(me({ flapLimit: 0 }), ...flaps).at(-1)).toBe("joined b@4");
    expect(stateAfter(me({ flapLimit: 0 }), ...flaps).flaps).toBeNull();
  });
});

test("who is damped damps nobody else", () => {
  expect(newsAfter(stateAfter(me(), ...flaps), hears(60, dead("c", "d")))).toEqual(["failed c@1"]);
});
