/** Keeps a listening socket open: one that closes by itself, or no longer works, is reopened. */

/** The part of a socket or server that is used here. */
type Listener = { readonly close: () => unknown; readonly once: (event: "close", hear: () => void) => unknown };

export type Kept<T> = {
  /** Undefined while it is being reopened. */
  readonly current: () => T | undefined;
  /** Call this if it no longer works: another one is opened. */
  readonly replace: (why: string) => void;
  /** Resolves once it is closed. */
  readonly close: () => Promise<void>;
};

export type Keeping<T> = {
  readonly open: () => Promise<T>;
  /** A new one was opened: add listeners to it. */
  readonly opened: (one: T) => void;
  /** It works again; `why` is the error before. */
  readonly mended: (why: string) => void;
};

/** Milliseconds until another try, doubled each time: as memberlist waits between failing accepts. */
const FIRST_WAIT = 5;
const LONGEST_WAIT = 1000;

/** Has the only timer of a transport, which runs only while it is broken. */
export function keepOpen<T extends Listener>(first: T, { open, opened, mended }: Keeping<T>): Kept<T> {
  let current: T | undefined;
  let isClosing = false;
  let timer: NodeJS.Timeout | undefined;
  let reopening: Promise<void> = Promise.resolve();

  function take(one: T): void {
    current = one;
    one.once("close", () => {
      if (current === one) mend("closed by somebody else");
    });
    opened(one);
  }

  function mend(why: string, wait = FIRST_WAIT): void {
    current = undefined;
    if (isClosing) return;
    timer = setTimeout(() => { reopening = reopen(why, wait); }, wait);
  }

  async function reopen(why: string, wait: number): Promise<void> {
    try {
      const one = await open();
      if (isClosing) return await closed(one);
      take(one);
      mended(why);
    } catch {
      mend(why, Math.min(2 * wait, LONGEST_WAIT));
    }
  }

  take(first);
  return {
    current: () => current,
    replace: (why) => {
      const broken = current;
      if (broken === undefined) return;
      current = undefined;
      void closed(broken).then(() => mend(why));
    },
    close: async () => {
      isClosing = true;
      clearTimeout(timer);
      const last = current;
      current = undefined;
      if (last !== undefined) await closed(last);
      await reopening;
    },
  };
}

function closed(one: Listener): Promise<void> {
  return new Promise((resolve) => {
    one.once("close", resolve);
    try {
      one.close();
    } catch {
      // It was closed already.
      resolve();
    }
  });
}
