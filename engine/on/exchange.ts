/** What a member does with whole views: open an exchange, answer one, and learn from the other side's. */

import type { Address, ExchangeId, Instant } from "../words/units.ts";
import { after } from "../words/units.ts";
import { isLiving } from "../words/member.ts";
import type { Effect } from "../messages/effect.ts";
import type { PushPull } from "../messages/message.ts";
import { differences, type View } from "../view/index.ts";
import { lessonOf } from "../rules/anti-entropy.ts";
import type { State, Step } from "../state.ts";
import { andThen, noEffects } from "../state.ts";
import { withSync } from "../with.ts";
import type { Source } from "./claims.ts";
import { adopt, learn } from "./claims.ts";

/** A push-pull with somebody, for the first time or to compare. */
export const exchangeViews = (state: State, address: Address, purpose: "join" | "sync"): Effect => ({
  kind: "exchange",
  with: address,
  message: { kind: "push-pull", join: purpose === "join", view: state.view },
});

/**
 * Answers with our view as it was before, then learns from theirs (memberlist rule 51). What a newcomer brings, its seed has first
 * hand: where news is multicast, nobody else would hear of it (SWIM §3.2: joins are announced by whoever takes them).
 */
export function onExchangeOpened(state: State, exchange: ExchangeId, message: PushPull, now: Instant): Step {
  const answer: Effect = { kind: "answer", exchange, message: { kind: "push-pull", join: false, view: state.view } };
  return andThen([state, [answer]], (current) => study(current, message.view, now, message.join ? "first-hand" : "hearsay"));
}

/** Learns from the answer. If it is the first since we asked to join, we are in: the group knows its own members, so we do not tell it of them. */
export function onExchangeAnswered(state: State, message: PushPull, now: Instant): Step {
  const { sync, config } = state;
  if (sync.joining !== "asking") return study(state, message.view, now, "hearsay");
  const settling = withSync(state, { ...sync, joining: "settling", joinAgainAt: after(now, config.joinAgainAfter) });
  return study(settling, message.view, now, "settled");
}

/**
 * Compares views, and weighs each difference. Costs what the difference is large, not what the group is. Tombstones of strangers are
 * taken over only on joining: members forget at slightly different moments, and would remind each other of the dead for ever.
 */
function study(state: State, theirs: View, now: Instant, source: Source): Step {
  let step: Step = [state, noEffects];
  for (const { mine, theirs: record } of differences(state.view, theirs)) {
    if (record === undefined || (mine === undefined && !isLiving(record.status) && source !== "settled")) continue;
    // What we just heard may have been our end.
    if (step[0].phase.kind === "departed") break;
    const lesson = lessonOf(mine, record, state.self.id, state.config);
    step = andThen(step, (current) =>
      lesson.kind === "claim" ? learn(current, lesson.claim, now, source) : adopt(current, lesson.record, now));
  }
  return step;
}
