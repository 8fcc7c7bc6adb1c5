/** What scenes are told of the page. */

import { instant } from "../../engine/index.ts";
import type { RunFacts } from "../model/run.ts";
import type { Hit } from "../scene/mark.ts";
import type { SceneUi } from "../scene/ui.ts";
import type { PageState } from "./state.ts";
import { isStill } from "./theme.ts";

export function uiOf(page: PageState, facts: RunFacts, hovered: Hit | null): SceneUi {
  const { clock, selection, observer, layout, span } = page;
  return {
    facts, at: clock.at, selected: { member: selection.member, message: selection.message }, observer, hovered, layout, isStill: isStill(),
    span: span ?? { from: facts.begins, to: instant(Math.max(facts.ends, facts.begins + 1)) },
  };
}
