/** What an agent tells, on its way to who hears it. */

import type { News } from "./news.ts";

/** Hands on what is told, in its order. What is told before anybody hears waits until somebody does. */
export class Outlet {
  private readonly held: News[] = [];
  private hear: ((news: News) => void) | null = null;

  readonly tell = (news: News): void => {
    if (this.hear === null) this.held.push(news);
    else this.hear(news);
  };

  /** From now on this hears: `first` before all that waits. */
  open(first: News, hear: (news: News) => void): void {
    this.hear = hear;
    for (const news of [first, ...this.held.splice(0)]) hear(news);
  }
}
