/** Asks only for the newest: while a question is pending, later ones wait, and all but the last of these are dropped. */

import type { AnswerTo, QuestionName, Says } from "../worker/protocol.ts";
import type { Desk } from "./desk.ts";

/** Returns a function that asks; `take` gets each answer that no later one has overtaken, with its question. */
export function latest<Name extends QuestionName>(desk: Pick<Desk, "ask">, name: Name, take: (answer: AnswerTo<Name>, says: Says<Name>) => void): (says: Says<Name>) => void {
  let isUnderWay = false;
  let waiting: Says<Name> | null = null;
  const ask = (says: Says<Name>): void => {
    if (isUnderWay) {
      waiting = says;
      return;
    }
    isUnderWay = true;
    const go = (): void => {
      isUnderWay = false;
      const next = waiting;
      waiting = null;
      if (next !== null) ask(next);
    };
    // The run may have been closed meanwhile: then there is no answer.
    desk.ask(name, says).then((answer) => take(answer, says)).then(go, go);
  };
  return ask;
}
