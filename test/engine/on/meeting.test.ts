/** Meeting many strangers at once, in another's view: as if each had been met by itself. */

import { describe, expect, test } from "vitest";
import { bytes, membersOf, viewOf, type Config, type Effect, type Event, type Member, type State } from "../../../engine/index.ts";
import { after, aMember, aRecord, opened } from "../../builders.ts";

const told = (members: readonly Member[]): Event => opened(10, { kind: "patch", depth: 1, parts: [], view: viewOf(members) });

function oneByOne(state: State, members: readonly Member[]): readonly [State, readonly Effect[]] {
  let now = state;
  const effects: Effect[] = [];
  for (const member of membersOf(viewOf(members))) {
    const [next, more] = after(now, told([member]));
    now = next;
    effects.push(...more);
  }
  return [now, effects];
}

const crowd = Array.from({ length: 40 }, (_, k) => aRecord(`m${k}`, { life: 1 + (k % 3), meta: "x".repeat(k) }));
const configs: Readonly<Record<string, Partial<Config>>> = {
  "as usual": {},
  "where newcomers tell": { newcomerTells: "on" },
  "where the longest is told first": { tellOrder: "longest" },
  "where flapping is watched": { flapLimit: 2 },
  "where news is multicast": { dissemination: "multicast" },
  "where meta is short": { metaLimit: 30 },
};

describe.for(Object.entries(configs))("%s", ([, config]) => {
  const state = aMember("a", { knows: ["b", "c"], suspects: ["d"], mourns: ["e"], config: { versionCheck: "off", ...config } });

  test.for([
    ["strangers", crowd],
    ["too few to be a crowd", crowd.slice(0, 9)],
    ["ourselves and some whom we know among them", [...crowd, aRecord("a"), aRecord("b"), aRecord("d"), aRecord("e")]],
    ["one that speaks no version", [...crowd, { ...aRecord("mute"), versions: [0, 0, 0, 0, 0, 0] as const }]],
    ["one whose meta nobody may have", [...crowd, { ...aRecord("loud"), meta: bytes("x".repeat(600)) }]],
    ["some dead and suspected", [...crowd, aRecord("n1", { status: "dead" }), aRecord("n2", { status: "suspect" }), aRecord("n3", { status: "left" })]],
    ["news of whom we know", [...crowd, aRecord("b", { status: "suspect" }), aRecord("e", { life: 7 })]],
  ] as const)("%s", ([, members]) => {
    const [met, effects] = after(state, told(members));
    expect([met, effects]).toEqual(oneByOne(state, members));
    expect(effects.length).toBeGreaterThan(4);
  });
});
