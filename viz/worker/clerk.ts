/** The clerk: passes each question to the code that answers it. */

import { instant, type Instant } from "../../engine/index.ts";
import type { AnswerTo, Asked, Checked, QuestionName, Says } from "./protocol.ts";
import { firstDifference } from "./compare.ts";
import { memberDetail, suspicionsHeld } from "./detail-member.ts";
import { messageDetail } from "./detail-message.ts";
import { withEdits } from "./edit.ts";
import type { Book } from "./facts.ts";
import { groupPicture } from "./group.ts";
import type { Library } from "./library.ts";
import { lanesPicture } from "./lanes.ts";
import { search, strideFrom } from "./log.ts";
import { matrixPicture } from "./matrix.ts";
import { rowsAt } from "./rows.ts";
import { compile, endOf } from "./player.ts";
import { kindsOf } from "./sorting.ts";
import { beliefStretches, truthStretches } from "./stretches.ts";
import { whyAt } from "./why.ts";
import { filterOf, happeningsBetween, trafficBetween } from "./traffic.ts";

type Clerk = { readonly [Name in QuestionName]: (says: Says<Name>) => AnswerTo<Name> | Promise<AnswerTo<Name>> };

/** The answer to each question. A question about a closed run is a bug of ours, and fails. */
export function clerkOf(library: Library): Clerk {
  const bookOf = ({ run }: { readonly run: number }): Book => {
    const book = library.book(run);
    if (book === undefined) throw new Error(`run ${run} is not open`);
    return book;
  };
  /** The run, with its cursor at an instant. */
  const at = (says: { readonly run: number; readonly at: Instant }): Book => {
    const book = bookOf(says);
    book.place.go({ at: instant(Math.min(says.at, book.place.ends)) });
    return book;
  };
  return {
    open: (says) => library.open(says),
    sort: ({ heads }) => kindsOf(heads),
    play: (says) => library.play(says),
    check: ({ file, text }) => checked(file, text, library),
    export: ({ experiment }) => {
      const compiled = compile(experiment, library.read);
      if (!compiled.ok) return { ok: false, why: compiled.mistakes[0]?.message ?? "" };
      return { ok: true, yaml: withEdits(experiment.text, experiment.edits) };
    },
    close: ({ run }) => { library.close(run); return null; },
    group: (says) => says.isSketch === true ? bookOf(says).place.sketcher.groupAt(says.at) : groupPicture(at(says).place, says.at, says.observer),
    matrix: (says) => matrixPicture(at(says).place, says.at, says.wish),
    traffic: (says) => {
      const { chronicle } = bookOf(says).place;
      return trafficBetween(chronicle, says.from, says.to, { filter: filterOf(says.filter, chronicle), most: says.most });
    },
    happenings: (says) => {
      const { chronicle } = bookOf(says).place;
      return happeningsBetween(chronicle, says.from, says.to, { filter: filterOf(says.filter, chronicle), most: says.most, members: says.members });
    },
    lanes: (says) => lanesPicture(bookOf(says).place.chronicle, says.from, says.to, says.wish),
    stretches: (says) => {
      const { from, to, members, subject } = says;
      return subject === null ? truthStretches(bookOf(says).place.chronicle, from, to, members) : beliefStretches(at({ ...says, at: from }).place, from, to, members, subject);
    },
    member: (says) => memberDetail(at(says).place, says.at, says.who, says.search),
    suspicions: (says) => suspicionsHeld(at(says).place),
    message: (says) => messageDetail(bookOf(says).place, says.message),
    why: (says) => whyAt(bookOf(says).place, says.line, says.about),
    search: (says) => search(bookOf(says).place, { ...says, filter: filterOf(says.filter, bookOf(says).place.chronicle) }),
    rows: (says) => rowsAt(bookOf(says).place, says.lines),
    lineAt: (says) => at(says).place.cursor.lines - 1,
    step: (says) => strideFrom(bookOf(says).place, says),
    compare: ({ one, other }) => firstDifference(bookOf({ run: one }).place, bookOf({ run: other }).place),
  };
}

function checked(file: string, text: string, library: Library): Checked {
  const compiled = compile({ file, text, seed: null, edits: [] }, library.read);
  if (!compiled.ok) return compiled;
  const { name, about, seed, members } = compiled.scenario;
  return { ok: true, name, about, seed, duration: endOf(compiled.scenario), members: members.length };
}

/** Answers one question. */
export async function answer(clerk: Clerk, asked: Asked): Promise<unknown> {
  // Each name matches the type of its argument: the compiler can't see that through a table.
  const ask = clerk[asked.ask] as (says: Asked["says"]) => unknown;
  return await ask(asked.says);
}
