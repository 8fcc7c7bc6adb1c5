/** One recording in the making: what a member did goes to the writer, what the writer makes of it to the ring, and what fails is counted. */

import { crc32 } from "node:zlib";
import type { Effect, Event, Instant, MemberId, State } from "../../engine/index.ts";
import { type FlightLimits, FlightWriter } from "../../trace/index.ts";
import { MemberError } from "../error.ts";
import { aboutFile, wallAtOrigin } from "./about.ts";
import { beforeExit } from "./before-exit.ts";
import { foreignIn } from "./foreign.ts";
import { assertFree, hold } from "./holders.ts";
import type { RecorderStats, Settings } from "./options.ts";
import { type Portion, Ring } from "./ring.ts";

/** So many bytes at most gather in memory before they are written even if it is not yet time. */
const PORTION = 65_536;
/** Of its share, a file is full at so much: what goes to it at once fits in the rest. */
const FULL = 0.75;

/** The writer of a flight whose checksums are Node's own: a quarter of the time. */
export const flightWriter = (limits?: Partial<FlightLimits>): FlightWriter => new FlightWriter(limits, (bytes, start, end) => crc32(bytes.subarray(start, end)));

/** A recording in the making. */
export class Flight {
  private readonly options: Settings;
  private readonly share: number;
  private readonly portion: number;
  private readonly writer = flightWriter();
  private readonly ring: Ring;
  /** What the member held last, when, and when it was born by the wall clock: null before it was. */
  private life: { readonly bornAt: number; at: Instant; state: State } | null = null;
  /** Bytes handed over for the youngest file. */
  private size = 0;
  private timer: NodeJS.Timeout | null = null;
  private isClosed = false;
  /** Until when nothing is written, by the process's monotonic clock; null while all is well. */
  private failing: { readonly until: number } | null = null;
  private readonly counts = { written: 0, lost: 0, bytes: 0, failures: 0 };
  private isReported = false;
  /** Takes back what is to be done before the process ends. */
  private readonly outlive: () => void;
  /** Releases the file for other recorders. Null until the first birth is recorded. */
  private giveBack: (() => void) | null = null;

  constructor(options: Settings) {
    this.options = options;
    this.share = options.maxBytes / options.files;
    this.portion = Math.min(PORTION, this.share / 8);
    try {
      assertFree(options.file, this);
      const foreign = foreignIn(options.file, options.files);
      if (foreign !== undefined) throw new Error(`${foreign} exists and is not a recording: name another file`);
      this.ring = new Ring(options.file, options.files, {
        written: (portion) => this.wrote(portion),
        lost: (portions, fault) => this.lost(portions, fault),
      });
    } catch (fault) {
      throw new MemberError("unwritable", `the recording ${options.file} can't be written: ${fault instanceof Error ? fault.message : String(fault)}`, fault);
    }
    this.outlive = beforeExit(() => this.guarded(() => this.hurry()));
  }

  born(at: Instant, who: MemberId, state: State): void {
    if (this.isClosed) return;
    this.giveBack ??= hold(this.options.file, this);
    this.flush();
    // Another life of the same process is another recording: its origin may be another.
    if (this.life !== null) this.turn();
    this.life = { bornAt: wallAtOrigin(at), at, state };
    this.begin();
    this.writer.born(at, who, state);
    this.later();
  }

  stepped(at: Instant, who: MemberId, event: Event, effects: readonly Effect[], state: State): void {
    const { life } = this;
    if (this.isClosed || life === null) return;
    try {
      life.at = at;
      life.state = state;
      this.writer.stepped(at, who, event, effects, state);
      if (this.writer.waiting >= this.portion) this.flush();
      else if (this.timer === null) this.later();
    } catch (fault) {
      this.failed(fault);
    }
  }

  /** Whatever goes wrong in here is no reason for the member to stumble. */
  guarded(work: () => void): void {
    try {
      work();
    } catch (fault) {
      this.failed(fault);
    }
  }

  async settled(): Promise<void> {
    this.guarded(() => this.flush());
    await this.ring.settled();
  }

  async close(): Promise<void> {
    if (!this.isClosed) {
      this.guarded(() => this.end());
      this.isClosed = true;
      this.outlive();
    }
    await this.ring.close();
    this.giveBack?.();
  }

  stats(): RecorderStats {
    return { ...this.counts, lines: this.writer.lines };
  }

  private later(): void {
    this.timer ??= setTimeout(() => this.guarded(() => this.flush()), this.options.flushEvery).unref();
  }

  private end(): void {
    this.flush();
    if (this.failing === null && this.life !== null) this.ring.add(this.writer.closing(), 0);
  }

  /** The header of a file, or of what goes on after something was lost. */
  private begin(): void {
    if (this.life === null) return;
    const about = { ...this.options.about, ...aboutFile(this.life.at, this.life.state, this.life.bornAt) };
    this.hand(this.writer.opening(about), 0);
  }

  private turn(): void {
    this.hand(this.writer.closing(), 0);
    this.ring.turn();
    this.size = 0;
  }

  private flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.life === null || this.writer.waiting === 0) return;
    if (this.failing !== null && !this.isOver(this.failing)) {
      this.counts.lost += this.writer.drop();
      return;
    }
    const piece = this.writer.flush();
    if (piece !== null) this.hand(piece.bytes, piece.lines);
    if (this.size < FULL * this.share) return;
    this.turn();
    this.begin();
  }

  /** Is it time to try again? Then a header goes first: nobody knows whether the last one is there. */
  private isOver({ until }: { readonly until: number }): boolean {
    if (performance.now() < until) return false;
    this.counts.lost += this.writer.drop();
    this.failing = null;
    this.size = this.ring.length;
    this.begin();
    return true;
  }

  private hand(bytes: Uint8Array, lines: number): void {
    this.size += bytes.length;
    this.ring.add(bytes, lines);
  }

  /** The process is about to end. */
  private hurry(): void {
    this.end();
    this.ring.finish();
  }

  private wrote({ bytes, lines }: Portion): void {
    this.counts.written += lines;
    this.counts.bytes += bytes.length;
    this.isReported = false;
  }

  private lost(portions: readonly Portion[], fault: Error): void {
    for (const { lines } of portions) this.counts.lost += lines;
    this.failed(fault);
  }

  private failed(fault: unknown): void {
    this.counts.failures++;
    this.failing = { until: performance.now() + this.options.retryEvery };
    if (this.isReported) return;
    this.isReported = true;
    try {
      this.options.onError?.(fault instanceof Error ? fault : new Error(String(fault)));
    } catch {
      // An application that cannot bear to be told is not told.
    }
  }
}
