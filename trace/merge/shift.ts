/** Moves a state to another time axis: the same member, as if its clock had another origin. The engine uses only differences of time, so it goes on as before. */

import { type Event, type Instant, instant, NEVER, type State } from "../../engine/index.ts";

type Agenda<T> = { readonly rank: number; readonly leastRank: number; readonly item: T; readonly left: Agenda<T>; readonly right: Agenda<T> } | null;

/** The state with every moment later by `by`. NEVER stays NEVER. */
export function shiftedState(state: State, by: number): State {
  const move = (at: Instant): Instant => (at === NEVER ? NEVER : instant(at + by));
  const moveAll = <T>(agenda: Agenda<T>, item: (item: T) => T): Agenda<T> =>
    agenda === null ? null : {
      ...agenda, rank: move(instant(agenda.rank)), leastRank: move(instant(agenda.leastRank)), item: item(agenda.item),
      left: moveAll(agenda.left, item), right: moveAll(agenda.right, item),
    };
  const same = <T>(item: T): T => item;
  const { phase, probe, gossip, sync } = state;
  const { attempt } = probe;
  return {
    ...state,
    phase: phase.kind === "leaving" ? { ...phase, until: move(phase.until) } : phase,
    probe: {
      ...probe,
      periodEndsAt: move(probe.periodEndsAt),
      attempt: attempt === null ? null : { ...attempt, startedAt: move(attempt.startedAt), askRelaysAt: move(attempt.askRelaysAt), failsAt: move(attempt.failsAt) },
    },
    gossip: { at: move(gossip.at), phase: move(gossip.phase) },
    sync: { ...sync, syncAt: move(sync.syncAt), reconnectAt: move(sync.reconnectAt), joinAgainAt: move(sync.joinAgainAt) },
    suspicions: moveAll(state.suspicions, (suspicion) => ({
      ...suspicion,
      since: move(suspicion.since),
      cause: suspicion.cause.kind === "probe" ? { ...suspicion.cause, at: move(suspicion.cause.at) } : suspicion.cause,
    })) as State["suspicions"], // An agenda keeps its shape, because all ranks change by the same amount.
    listensUntil: move(state.listensUntil),
    errands: moveAll(state.errands, (errand) => ({ ...errand, sentAt: move(errand.sentAt), until: move(errand.until) })) as State["errands"],
    tombstones: moveAll(state.tombstones, same) as State["tombstones"],
    flaps: moveAll(state.flaps, same) as State["flaps"],
    mail: { ...state.mail, authors: moveAll(state.mail.authors, same) as State["mail"]["authors"] },
  };
}

/** The event, later by `by`. */
export const shiftedEvent = (event: Event, by: number): Event => ({ ...event, now: instant(event.now + by) });
