/** Actions on an application's signal, with one listener for all. One signal may end a hundred members and waits, but Node.js warns of a leak above ten listeners. */

/** The actions for when a signal aborts, and our one listener on it. */
type Hung = { readonly acts: Set<() => void>; readonly listener: () => void };

const hanging = new WeakMap<AbortSignal, Hung>();

/** Calls `act` once, when the signal aborts. Returns a function that cancels it. A signal that is aborted already has no effect. */
export function onAbort(signal: AbortSignal | null | undefined, act: () => void): () => void {
  if (signal === undefined || signal === null) return () => {};
  const { acts, listener } = hanging.get(signal) ?? listenTo(signal);
  acts.add(act);
  return () => {
    if (!acts.delete(act) || acts.size > 0) return;
    signal.removeEventListener("abort", listener);
    hanging.delete(signal);
  };
}

function listenTo(signal: AbortSignal): Hung {
  const acts = new Set<() => void>();
  const listener = (): void => {
    hanging.delete(signal);
    for (const act of [...acts]) act();
  };
  const hung = { acts, listener };
  hanging.set(signal, hung);
  signal.addEventListener("abort", listener, { once: true });
  return hung;
}
