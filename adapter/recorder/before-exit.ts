/** What is to be done at the last moment, when a process ends by itself or through an error nobody caught: one listener for all. */

const works = new Set<() => void>();

const doAll = (): void => {
  for (const work of works) work();
};

/** Has this done synchronously before the process ends. Returns how to take that back. */
export function beforeExit(work: () => void): () => void {
  if (works.size === 0) process.on("exit", doAll);
  works.add(work);
  return () => {
    if (works.delete(work) && works.size === 0) process.off("exit", doAll);
  };
}
