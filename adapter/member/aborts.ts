/** What hangs on an application's signal. One signal may end a hundred members and waits, and Node.js warns of a leak where more than ten listen to it. */

/** What is to be done when a signal aborts, by the one listener that we have on it, as long as there is anything. */
type Hung = { readonly acts: Set<() => void>; readonly listener: () => void };

const hanging = new WeakMap<AbortSignal, Hung>();

/** Does this once, when the signal aborts. Returns how to take it back. A signal that has aborted already does nothing more. */
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
