/** The oracles watch a run while it is played, or played again: violations are added to the chronicle. */

import type { Instant } from "../../engine/index.ts";
import { type Finding, Jury, type Oracle, oracles } from "../../sim/oracle/index.ts";
import { type Scenario, World } from "../../sim/index.ts";
import type { Recorder } from "../../trace/index.ts";
import type { Chronicle } from "./chronicle.ts";
import { firstAtLeast } from "./column.ts";

/** Larger groups are not judged: watching every view takes as much work as the run itself. */
const JUDGED = 256;

/** `sometimes` oracles concern many runs, not one. */
const judging: readonly Oracle[] = oracles.filter(({ kind }) => kind !== "sometimes");

export const isJudged = ({ members }: Scenario): boolean => members.length <= JUDGED;

export class Judge {
  readonly recorder: Recorder;
  private readonly jury: Jury;
  private readonly chronicle: Chronicle;
  private readonly told = new Set<string>();
  private readonly watching: readonly Oracle[];

  constructor(scenario: Scenario, worldOf: () => World, chronicle: Chronicle, watching = judging) {
    this.chronicle = chronicle;
    this.watching = watching;
    this.jury = new Jury(watching, worldOf, scenario.members.map(({ name }) => name as World["ids"][number]));
    this.recorder = this.jury.recorder;
  }

  /** Records violations since the last call. */
  look(): void {
    if (this.jury.isBroken()) this.take(this.jury.findings());
  }

  /** Called at the end of the run. */
  end(at: Instant): void {
    this.take(this.jury.verdict(at));
  }

  private take(findings: ReadonlyMap<string, Finding>): void {
    const { chronicle } = this;
    for (const { name, says } of this.watching) {
      const breach = findings.get(name)?.breach ?? null;
      if (breach === null || this.told.has(name)) continue;
      this.told.add(name);
      const who = chronicle.roster.numberOf(breach.who) ?? 0;
      chronicle.broke({ line: this.lineOf(breach.at, who), at: breach.at, who, name, sentence: `${breach.why} (${name}: ${says})` });
    }
  }

  /** That member's last line at that instant; the last of any member, if it has none. */
  private lineOf(at: Instant, who: number): number {
    const { lines } = this.chronicle;
    const last = Math.max(0, firstAtLeast(lines.at, at + 1) - 1);
    for (let line = last; line >= 0 && lines.at.at(line) === at; line--) if (lines.who.at(line) === who) return line;
    return last;
  }
}

/** Plays a recorded experiment again before the oracles, this many events at a time. True once it is over. */
export class Retrial {
  private readonly judge: Judge;
  private readonly world: World;
  private lines = 0;
  private readonly chronicle: Chronicle;

  constructor(scenario: Scenario, run: number, chronicle: Chronicle, watching = judging) {
    this.chronicle = chronicle;
    this.judge = new Judge(scenario, () => this.world, chronicle, watching);
    const { recorder } = this.judge;
    this.world = new World(scenario, run, {
      born: (...told) => { this.lines++; recorder.born?.(...told); },
      stepped: (...told) => { this.lines++; recorder.stepped?.(...told); },
      disrupted: (...told) => { this.lines++; recorder.disrupted?.(...told); },
    });
    this.world.begin();
  }

  goOn(most: number): boolean {
    if (!this.world.goOn(most)) return false;
    // If the replayed run differs, its violations say nothing about this one.
    if (this.lines === this.chronicle.lines.count) this.judge.end(this.world.clock);
    return true;
  }
}
