/** Puts new children into an element that keeps its place: whoever had the focus has it again, and nothing scrolls. */

/** Elements that may have the focus are known again by `data-key`, and by which of those with this key they are. */
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

/** While the clock runs, words follow it so often, in milliseconds: more often nobody reads, and the worker has pictures to make. */
const SELDOM = 300;

/** Does something now, or while the clock runs, now and then; `key` says whether it is another than last time. */
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
