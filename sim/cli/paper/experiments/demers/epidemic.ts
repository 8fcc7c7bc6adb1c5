/** Demers' rumour mongering on a thousand sites, in synchronous cycles. */

import { below, foldText, rngFrom, type Rng } from "../../../../../engine/index.ts";
import { hears, losesInterest, silent, type Site, tells } from "./site.ts";

/**
 * Who starts a contact: `push`, a site that has something to tell; `pull`, every site.
 * When a site loses interest: `feedback`, after k cycles in a row whose contacts all knew already; `blind`, after each contact with probability 1/k.
 */
export type Manner = { readonly contact: "push"; readonly until: "feedback" | "blind"; readonly k: number } | { readonly contact: "pull"; readonly until: "feedback"; readonly k: number };

export type Outcome = {
  /** The share of sites that never heard of the update. */
  readonly residue: number;
  /** Updates sent, per site. */
  readonly traffic: number;
  /** Cycles until a site heard of it, on average over the sites that did, and for the last of them. */
  readonly average: number;
  readonly last: number;
  /** Cycles until an update arrived, on average over all arrivals at sites that had not lost interest: the first ones, and repeated ones while they were telling it. */
  readonly arrivals: number;
};

const SITES = 1_000;
const NEVER = -1;

class Epidemic {
  private readonly manner: Manner;
  private readonly sites: Site[] = Array.from({ length: SITES }, () => silent);
  /** The cycle in which each site heard of it. */
  private readonly heardIn = new Int32Array(SITES).fill(NEVER);
  private readonly inVain = new Uint8Array(SITES);
  private readonly isPast = new Uint8Array(SITES);
  private rng: Rng;
  private cycle = 0;
  private sent = 0;
  private readonly welcome = { count: 0, cycles: 0 };

  constructor(manner: Manner, seed: string) {
    this.manner = manner;
    this.rng = rngFrom(foldText(0, seed));
    this.heardIn[0] = 0;
    this.sites[0] = hears(silent);
  }

  play(): Outcome {
    while (this.nextCycle()) { /* until no site has anything to tell */ }
    const others = [...this.heardIn].filter((cycle) => cycle > 0);
    const sum = others.reduce((total, cycle) => total + cycle, 0);
    return {
      residue: (SITES - 1 - others.length) / SITES,
      traffic: this.sent / SITES,
      average: others.length === 0 ? 0 : sum / others.length,
      last: others.reduce((latest, cycle) => Math.max(latest, cycle), 0),
      arrivals: this.welcome.cycles / Math.max(1, this.welcome.count),
    };
  }

  /** False once no site is telling any more. */
  private nextCycle(): boolean {
    this.cycle++;
    const telling = this.sites.flatMap((site, number) => (tells(site)[0] ? [number] : []));
    const needed = new Uint8Array(SITES);
    const asked = new Uint8Array(SITES);
    const contact = (teller: number, hearer: number): void => {
      this.sent++;
      asked[teller] = 1;
      if (this.passOn(teller, hearer)) needed[teller] = 1;
    };
    if (this.manner.contact === "push") for (const teller of telling) contact(teller, this.another(teller));
    else this.pull(new Set(telling), contact);
    for (const teller of telling) if (asked[teller] === 1 && this.isTired(teller, needed[teller] === 1)) this.retire(teller);
    return telling.length > 0;
  }

  private pull(telling: ReadonlySet<number>, contact: (teller: number, hearer: number) => void): void {
    for (let hearer = 0; hearer < SITES; hearer++) {
      const teller = this.another(hearer);
      if (telling.has(teller)) contact(teller, hearer);
    }
  }

  /** Was it news? It is for all sites that did not know at the beginning of the cycle. They tell it from the next cycle on. */
  private passOn(teller: number, hearer: number): boolean {
    this.sites[teller] = tells(this.sites[teller] ?? silent)[1];
    const heard = this.heardIn[hearer] ?? NEVER;
    if (this.isPast[hearer] === 0) {
      this.welcome.count++;
      this.welcome.cycles += this.cycle;
    }
    if (heard === NEVER) {
      this.heardIn[hearer] = this.cycle;
      this.sites[hearer] = hears(this.sites[hearer] ?? silent);
    }
    return heard === NEVER || heard === this.cycle;
  }

  private retire(teller: number): void {
    this.sites[teller] = losesInterest(this.sites[teller] ?? silent);
    this.isPast[teller] = 1;
  }

  private isTired(teller: number, wasNeeded: boolean): boolean {
    if (this.manner.until === "blind") return this.draw(this.manner.k) === 0;
    this.inVain[teller] = wasNeeded ? 0 : (this.inVain[teller] ?? 0) + 1;
    return (this.inVain[teller] ?? 0) >= this.manner.k;
  }

  private another(than: number): number {
    const drawn = this.draw(SITES - 1);
    return drawn < than ? drawn : drawn + 1;
  }

  private draw(limit: number): number {
    const [drawn, rng] = below(limit, this.rng);
    this.rng = rng;
    return drawn;
  }
}

/** One update, from one site to as many as it reaches. */
export const playEpidemic = (manner: Manner, seed: string): Outcome => new Epidemic(manner, seed).play();
