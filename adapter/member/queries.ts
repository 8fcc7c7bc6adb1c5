/** Serf's queries that are for us: those of `serf keys` go to the keyring, all others to the application. */

import { answerLength, bytes, encodeKeyReport, keyTaskIn, rawOf, type Instant, type KeyReport, type KeyTask, type Query } from "../../engine/index.ts";
import type { Keyring } from "../codec/keyring.ts";
import type { Driver } from "../driver/driver.ts";
import { MemberError } from "../error.ts";
import { payloadOf } from "./arguments.ts";
import { assertFits } from "./fits.ts";

/** The longest encoded answer, in bytes. Serf `QueryResponseSizeLimit`: 1,024. */
const LONGEST_ANSWER = 1_024;
/** How many more bytes the head of a payload may take than that of an empty one. */
const HEAD = 2;

/** Sends an answer to the member that asked. Throws `too-long`; `timed-out` if it does not wait any more; `stopped`. */
export function answer(driver: Driver, query: Query, asked: Instant, now: Instant, payload: Uint8Array | string): void {
  const self = driver.state.self.id;
  if (driver.isClosed) throw new MemberError("stopped", `${self} has stopped`);
  if (now - asked > query.answerWithin) throw new MemberError("timed-out", `the query ${JSON.stringify(query.name)} had to be answered within ${query.answerWithin / 1_000_000} s`);
  const said = payloadOf(payload);
  assertFits("an answer", said, LONGEST_ANSWER - HEAD - answerLength(query, self, bytes("")));
  driver.tellSerf({ kind: "asked-to-answer", now, query, payload: said });
}

/** The keyring that `serf keys` may change, or the reason why there is none. */
export type Ruled = { readonly keyring: Keyring } | { readonly why: string };

export const ruledBy = (keyring: Keyring | undefined, verifyIncoming: boolean | undefined): Ruled => {
  if (keyring === undefined) return { why: "No keyring to modify (encryption not enabled)" };
  return verifyIncoming === false ? { why: "plain-text packets are accepted too, so key requests are refused" } : { keyring };
};

/** The outcome: the query was not about keys; it was answered; it was answered, and changed the keyring. */
export type Obedience = "none" | "answered" | "changed";

/** If the query is one of `serf keys`, carries it out, and answers it. */
export function obey(driver: Driver, ruled: Ruled, query: Query, now: Instant): Obedience {
  const task = keyTaskIn(query);
  if (task === undefined) return "none";
  const before = heldBy(ruled);
  driver.tellSerf({ kind: "asked-to-answer", now, query, payload: encodeKeyReport("why" in ruled ? { ok: false, why: ruled.why } : done(ruled.keyring, task)) });
  return heldBy(ruled) === before ? "answered" : "changed";
}

/** The keys of a keyring, in order, as one text. */
const heldBy = (ruled: Ruled): string => ("why" in ruled ? "" : ruled.keyring.list().map(({ key }) => key).join(" "));

/** As many keys as fit into an answer. */
const MOST_KEYS = 16;

function done(keyring: Keyring, { task, key }: KeyTask): KeyReport {
  try {
    if (task === "install") keyring.add(rawOf(key));
    else if (task === "use") keyring.use(rawOf(key));
    else if (task === "remove") keyring.remove(rawOf(key));
    else return { ok: true, keys: keyring.list().slice(0, MOST_KEYS).map((held) => held.key) };
    return { ok: true };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}
