/** What scenes get to know about the page. */

import { instant } from "../../engine/index.ts";
import type { RunFacts } from "../model/run.ts";
import { nearSpan } from "../model/span.ts";
import { CROWD } from "../scene/layout.ts";
import type { Hit } from "../scene/mark.ts";
import type { SceneUi } from "../scene/ui.ts";
import { type PageState, runOf } from "./state.ts";
import { isStill } from "./theme.ts";

/** How long a message stays visible, in microseconds of real time; shorter in a large group, where many overlap. */
const [LINGER, LINGER_IN_CROWD] = [300_000, 120_000];

export function uiOf(page: PageState, facts: RunFacts, hovered: Hit | null): SceneUi {
  const { clock, selection, observer, layout, span, difference } = page;
  return {
    facts, at: clock.at, selected: { member: selection.member, message: selection.message }, observer, hovered, layout, isStill: isStill(),
    linger: Math.round((facts.members.length > CROWD ? LINGER_IN_CROWD : LINGER) * clock.speed), beside: runOf(page, page.beside) ?? null, difference: difference?.first?.at ?? null,
    span: span ?? { from: facts.begins, to: instant(Math.max(facts.ends, facts.begins + 1)) },
    window: span ?? nearSpan(facts, clock.at),
  };
}
