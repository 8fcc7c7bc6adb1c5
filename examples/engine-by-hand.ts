/** The engine alone, stepped by hand: no sockets, no timers, no promises. `node --import tsx examples/engine-by-hand.ts` */

import { address, exchangeId, find, memberId, nextWake, ORIGIN, presets, seconds, start, step, type Address, type Effect, type State } from "../engine/index.ts";

const config = { ...presets.swimlab, stagger: "none" as const, syncEvery: seconds(0) };
const born = (name: string, at: string, seed: number): State => start({ config, id: memberId(name), address: address(at), now: ORIGIN, seed });
const states = new Map<Address, State>([["10.0.0.1:7946", "a"], ["10.0.0.2:7946", "b"]].map(([at = "", name = ""], seed) => [address(at), born(name, at, seed)]));
const [a, b] = [...states.keys()] as [Address, Address];

/** One step; and what a driver would carry out. */
function happen(at: Address, event: Parameters<typeof step>[1]): readonly Effect[] {
  const [state, effects] = step(states.get(at)!, event);
  states.set(at, state);
  for (const effect of effects) console.log(`${event.now / 1_000} ms ${state.self.id}: ${effect.kind} ${"message" in effect ? effect.message.kind : "change" in effect ? effect.change.kind : ""}`);
  return effects;
}

// b asks a to let it in, and a answers.
const [asking] = happen(b, { kind: "asked-to-join", now: ORIGIN, seeds: [a] });
if (asking?.kind !== "exchange") throw new Error("a join is an exchange of views");
const answer = happen(a, { kind: "exchange-opened", now: ORIGIN, from: b, exchange: exchangeId(1), message: asking.message }).find((effect) => effect.kind === "answer");
if (answer?.kind === "answer") happen(b, { kind: "exchange-answered", now: ORIGIN, from: a, message: answer.message });

// A second later a's alarm rings: it pings b, and nobody answers, until it suspects.
for (let at = nextWake(states.get(a)!); at <= seconds(3); at = nextWake(states.get(a)!)) happen(a, { kind: "woke", now: at });
console.log("a holds b", find(states.get(a)!.view, memberId("b"))?.status);
