/** Queries of our application, and the answers to them. */

import {
  encodeSerf, memberId, micros, QUERY_LIMIT, queryOf, rawOf, sizeOf, type Micros, type QueryAnswer, type QueryFilter, type State,
} from "../../engine/index.ts";
import type { Clock } from "../driver/clock.ts";
import type { Driver } from "../driver/driver.ts";
import { MemberError } from "../error.ts";
import { checkAsking, payloadOf } from "./arguments.ts";
import { assertFits } from "./fits.ts";
import type { Answers, Asking, QueryReply } from "./member.ts";
import type { Wait, Waits } from "./waits.ts";

/** The prefix of Serf's internal queries, which applications may not ask. */
const INTERNAL = "_serf_";
/** Serf `QueryTimeoutMult`: the default deadline in gossip intervals, for each power of ten of the group's size. */
const BEATS = 16;

type Question = { readonly answers: QueryReply[]; readonly acks: string[]; readonly enough: number; readonly wait: Wait<Answers> };

export class Questions {
  private readonly driver: Driver;
  private readonly waits: Waits;
  private readonly clock: Clock;
  private readonly waiting = new Map<string, Question>();

  constructor(driver: Driver, waits: Waits, clock: Clock) {
    this.driver = driver;
    this.waits = waits;
    this.clock = clock;
  }

  /** Throws `bad-option` without Serf's layer, or for an invalid query; `too-long`. */
  ask(name: string, payload: Uint8Array | string, asking: Asking): Promise<Answers> {
    const { driver, driver: { serf } } = this;
    if (serf === null) throw bad("queries need Serf's layer: create the member with the preset serf, or with `serf: true`");
    checkAsking(name, asking);
    if (name.startsWith(INTERNAL)) throw bad(`queries whose names begin with ${INTERNAL} are Serf's own`);
    const { enough = Infinity } = asking;
    if (enough !== Infinity && (!Number.isSafeInteger(enough) || enough < 1)) throw bad(`enough is ${String(enough)}: it must be a whole number from 1 up`);
    const answerWithin = lengthOf(asking, driver.state);
    const query = queryOf(serf.state, { name, payload: payloadOf(payload), filters: filtersOf(asking), answerWithin });
    assertFits("a query", encodeSerf(query), QUERY_LIMIT);
    const answers: QueryReply[] = [];
    const acks: string[] = [];
    const wait = this.waits.start<Answers>(`the query ${JSON.stringify(name)}`, asking, answerWithin / 1_000, (late) => late.settle({ answers, acks }));
    const key = keyOf(query);
    this.waiting.set(key, { answers, acks, enough, wait });
    const over = (): void => { this.waiting.delete(key); };
    wait.promise.then(over, over);
    driver.tellSerf({ kind: "asked-to-ask", now: this.clock.now(), query });
    return wait.promise;
  }

  heard(answer: QueryAnswer): void {
    const question = this.waiting.get(keyOf(answer));
    if (question === undefined) return;
    const { answers, acks, enough, wait } = question;
    if (answer.isAck) acks.push(answer.from);
    else answers.push({ from: answer.from, payload: rawOf(answer.payload) });
    if (answers.length >= enough) wait.settle({ answers, acks });
  }
}

const bad = (why: string): MemberError => new MemberError("bad-option", why);

const keyOf = ({ ltime, id }: Pick<QueryAnswer, "ltime" | "id">): string => `${ltime} ${id}`;

/** How long to wait for answers: the application's deadline, or that of an agent. It must be finite, because the query carries it. */
function lengthOf({ deadline }: Asking, { config, view }: State): Micros {
  if (deadline === undefined) return micros(config.gossipEvery * BEATS * Math.ceil(Math.log10(sizeOf(view) + 1)));
  if (!(deadline > 0 && deadline <= LONGEST)) throw bad(`a query's deadline is a number of milliseconds, more than 0 and at most ${LONGEST}, not ${String(deadline)}`);
  return micros(Math.round(deadline * 1_000));
}

/** A day. */
const LONGEST = 86_400_000;

const filtersOf = ({ names, tags = {} }: Asking): readonly QueryFilter[] => [
  ...(names === undefined ? [] : [{ kind: "names", names: names.map((name) => memberId(name)) } as const]),
  ...Object.entries(tags).map(([tag, expression]) => ({ kind: "tag", tag, expression }) as const),
];
