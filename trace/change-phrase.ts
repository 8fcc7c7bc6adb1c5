/** Announcements in words, with the reasons that a member gives for its suspicions. */

import { type Cause, type Change, type Ending, type Grounds, impossible, type MemberId } from "../engine/index.ts";
import { listed, type Names, wordsOf } from "./message-phrase.ts";
import { lengthText, secondsText } from "./numeral.ts";

/** `m07 suspected by m01: told by m02`. */
export function changeText(change: Change, names: Names): string {
  switch (change.kind) {
    case "joined":
    case "updated":
    case "cleared":
    case "left":
    case "forgotten":
    case "damped":
    case "departed":       return `${change.member.id} ${change.kind}`;
    case "suspected":      return `${change.member.id} suspected by ${change.by}: ${causeText(change.cause, names)}`;
    case "confirmed":      return `${change.member.id} suspected by ${change.by} as well`;
    case "failed":         return `${change.member.id} failed, says ${change.by}: ${endingText(change.cause, names)}${change.grounds === null ? "" : groundsText(change.grounds, names)}`;
    case "refuted":        return `${change.member.id}@${change.member.incarnation}, refuting ${change.by}`;
    case "conflict":       return `${change.member.id} claimed from ${change.other.address} as well`;
    case "datagrams-lost": return `${change.member.id} answers over streams only`;
    case "answered":       return `${change.target} answered in ${lengthText(change.roundTrip)}${change.payload === "" ? "" : ` (${wordsOf(change.payload)})`}`;
    case "unanswered":     return `${change.target} did not answer`;
    case "message":        return `${wordsOf(change.payload)} from ${names(change.from)}`;
    case "untold":         return `${wordsOf(change.payload)} given up: too many wait to be told`;
    case "state":          return `${wordsOf(change.userState)} from ${names(change.from)}, with its view${change.join ? " on joining" : ""}`;
    default:               return impossible(change);
  }
}

/** How a suspicion or a death reached us. */
function causeText(cause: Cause, names: Names): string {
  switch (cause.kind) {
    case "probe":  return `ping#${cause.seq} in vain${relaysText(cause.relays, cause.nacks)}`;
    case "gossip": return `told by ${names(cause.via)}`;
    case "view":   return `in the view of ${names(cause.via)}`;
    default:       return impossible(cause);
  }
}

/** How we came to hold a member dead. */
const endingText = (cause: Ending, names: Names): string => (cause.kind === "unrefuted" ? "not refuted in time" : causeText(cause, names));

function relaysText(relays: readonly MemberId[], nacks: number | null): string {
  if (relays.length === 0) return "";
  const said = nacks === null ? "" : nacks === 1 ? " (1 nack)" : ` (${nacks} nacks)`;
  return `, and through ${listed(relays)}${said}`;
}

/** On what grounds we suspected a member that was declared dead. */
function groundsText({ by, since, cause, confirmedBy }: Grounds, names: Names): string {
  const others = confirmedBy.length === 0 ? "" : `; confirmed by ${listed(confirmedBy)}`;
  return `; suspected by ${by} since ${secondsText(since)}: ${causeText(cause, names)}${others}`;
}
