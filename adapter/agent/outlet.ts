/** Delivers an agent's news to its outputs. */

import type { News } from "./news.ts";

/** Delivers news in order. News that comes before an output is opened waits for it. */
export class Outlet {
  private readonly held: News[] = [];
  private hear: ((news: News) => void) | null = null;

  readonly tell = (news: News): void => {
    if (this.hear === null) this.held.push(news);
    else this.hear(news);
  };

  /** Opens the output: it gets `first`, then the news that waited, then all further news. */
  open(first: News, hear: (news: News) => void): void {
    this.hear = hear;
    for (const news of [first, ...this.held.splice(0)]) hear(news);
  }
}
