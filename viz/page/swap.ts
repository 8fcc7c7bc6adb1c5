/** Replaces an element's children, keeping the focus and the scroll position. */

/** A focusable element is identified by `data-key`, and by its place among those with the same key. */
export function swap(into: HTMLElement, children: readonly (Node | string)[]): void {
  const focused = document.activeElement;
  const key = focused instanceof HTMLElement && into.contains(focused) ? focused.dataset["key"] : undefined;
  const alike = (): readonly HTMLElement[] => (key === undefined ? [] : [...into.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)]);
  const place = alike().findIndex((one) => one === focused);
  const { scrollTop } = into;
  into.replaceChildren(...children);
  into.scrollTop = scrollTop;
  const again = alike();
  (again[place] ?? again[0])?.focus({ preventScroll: true });
}

/** While the clock runs, texts are updated at this interval, in milliseconds: nobody reads faster, and the worker has pictures to make. */
const SELDOM = 300;

/** Calls `does` at once, or at intervals while the clock runs, if `key` differs from last time. */
export function following(does: () => void): (key: string, isPlaying: boolean) => void {
  let done = "";
  let last = 0;
  return (key, isPlaying) => {
    if (key === done || (isPlaying && performance.now() - last < SELDOM)) return;
    done = key;
    last = performance.now();
    does();
  };
}
