/** The tour's card: the step, its two sentences, what to see at this moment; buttons to go on, back, and leave. It is beside the picture, and covers nothing that it describes. */

import { momentText } from "../model/tour.ts";
import type { MakePart } from "../page/desk.ts";
import { attribute, element, say } from "../page/element.ts";
import { runOf } from "../page/state.ts";
import { tour } from "../page/tour-steps.ts";
import { leaveTour, momentsOf, tourBack, tourOn } from "../page/touring.ts";
import { nameIn, timeText } from "./links.ts";

export const tourPart: MakePart = (region, desk) => {
  const title = element("h2", {});
  const sentences = element("p", {});
  const moment = element("p", { class: "moment", role: "status", "aria-live": "polite" });
  const on = element("button", { type: "button", class: "main", title: "Next (Page Down)", onclick: () => void tourOn(desk) }, "Next");
  const back = element("button", { type: "button", title: "Back (Page Up)", onclick: () => void tourBack(desk) }, "Back");
  const card = element("section", { class: "tour", "aria-label": "Guided tour", hidden: true }, title, sentences, moment,
    element("div", { class: "buttons" }, back, on, element("span", { class: "spring" }), element("button", { type: "button", onclick: () => leaveTour(desk) }, "Leave")));
  region.append(card);
  let step = -1;
  return {
    show: (page) => {
      const place = page.tour;
      card.hidden = place === null;
      document.body.classList.toggle("touring", place !== null);
      if (place === null) {
        step = -1;
        return;
      }
      const chosen = tour[place.step];
      if (chosen === undefined) return;
      say(title, `${place.step + 1} of ${tour.length}: ${chosen.title}`);
      say(sentences, chosen.sentences.join(" "));
      const isLast = place.moment + 1 >= chosen.moments.length;
      say(on, isLast ? (place.step + 1 < tour.length ? "Next step" : "End") : "Next");
      back.disabled = place.step === 0 && place.moment < 0;
      attribute(card, "data-moment", `${place.step + 1}.${place.moment + 1}`);
      say(moment, momentSays());
      // At a new step, enter goes on.
      if (place.step !== step) on.focus();
      step = place.step;
    },
  };

  function momentSays(): string {
    const { tour: place, clock } = desk.page();
    if (place === null) return "";
    const chosen = tour[place.step];
    const facts = runOf(desk.page(), place.run);
    const row = momentsOf(place.run)?.[place.moment];
    const said = chosen?.moments[place.moment];
    if (chosen === undefined || said === undefined) return `Press Next to play to the first of ${chosen?.moments.length ?? 0} moments.`;
    if (row === null || row === undefined || facts === undefined) return "…";
    if (clock.isPlaying && clock.at < row.at) return `Playing to ${timeText(row.at)}…`;
    const other = (said.look === "received" ? row.received?.other : row.sent[0]?.other) ?? row.received?.other ?? -1;
    return `${timeText(row.at)}: ${momentText(said, nameIn(facts, row.who), nameIn(facts, other))}`;
  }
};
