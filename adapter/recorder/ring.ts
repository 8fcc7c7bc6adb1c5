/** A ring of files: bytes go to the youngest, in order and behind the caller's back; when it is full, each becomes one older, and the oldest is overwritten. */

import { close, closeSync, constants, existsSync, ftruncate, ftruncateSync, open, openSync, rename, renameSync, stat, statSync, write, writeSync } from "node:fs";
import { promisify } from "node:util";

const [openFile, closeFile, renameFile, cutFile, statOf] = [promisify(open), promisify(close), promisify(rename), promisify(ftruncate), promisify(stat)];

/** A new file begins where none is. It is not emptied: at the very end somebody else of us may have begun to write to it already. */
const NEW = constants.O_WRONLY | constants.O_CREAT;

/** Bytes that go to a file whole or not at all, and how many lines are in them. */
export type Portion = { readonly kind: "write"; readonly bytes: Uint8Array; readonly lines: number };
type Work = Portion | { readonly kind: "turn" };

export type RingHearing = {
  readonly written: (portion: Portion) => void;
  /** These will not be written: a write failed, and what was to follow cannot stand without it. */
  readonly lost: (portions: readonly Portion[], fault: Error) => void;
};

/** So many bytes may wait. A disk that is slower for long loses some; the member does not wait for it. */
const MOST = 8 * 2 ** 20;

/** Milliseconds. A renaming takes thousandths of one; a disk that takes so long is not waited for. */
const LONGEST_MOVE = 1_000;

/** Opens the first file at once, and throws what the system says against it. What is there from before becomes older. */
export class Ring {
  private readonly file: string;
  private readonly files: number;
  private readonly hearing: RingHearing;
  private descriptor: number | null;
  /** Where the next portion goes: what a failed write left behind it is written over. */
  private end = 0;
  /** Was a write to the newest file attempted? */
  private isBegun = false;
  private queue: Work[] = [];
  private bytes = 0;
  private working: Promise<void> | null = null;
  /** The name whose file is just becoming one older. */
  private moving: string | null = null;

  constructor(file: string, files: number, hearing: RingHearing) {
    this.file = file;
    this.files = files;
    this.hearing = hearing;
    // First to see whether it can be written at all, and only then to move anything.
    closeSync(openSync(file, "a"));
    this.ageNow();
    this.descriptor = openSync(file, NEW);
  }

  /** How long the youngest file is, without what waits. */
  get length(): number {
    return this.end;
  }

  add(bytes: Uint8Array, lines: number): void {
    this.push({ kind: "write", bytes, lines });
    this.bytes += bytes.length;
    if (this.bytes > MOST) this.giveUp(new Error(`more than ${MOST / 2 ** 20} MiB wait to be written: the disk is too slow`), 1);
  }

  /** What is added from now on goes to a new file. */
  turn(): void {
    this.push({ kind: "turn" });
  }

  /** Resolves when all that was added is written, or lost. */
  async settled(): Promise<void> {
    while (this.working !== null) await this.working;
  }

  async close(): Promise<void> {
    await this.settled();
    await this.shut().catch(() => {});
  }

  /** The process is about to end: writes what waits before it does. What is in the midst of being done is done again, and comes to the same. */
  finish(): void {
    try {
      this.letMove();
      for (const work of this.queue) {
        if (work.kind === "turn") this.turnNow();
        else this.writeNow(work);
      }
    } catch {
      // Nobody is left to be told.
    }
  }

  private push(work: Work): void {
    this.queue.push(work);
    this.working ??= this.work();
  }

  private async work(): Promise<void> {
    // Not before whoever called has gone on, and this promise is known as the one that works.
    await Promise.resolve();
    for (let work = this.queue[0]; work !== undefined; work = this.queue[0]) {
      try {
        if (work.kind === "turn") await this.turned();
        else await this.wrote(work);
        // Only now: until it is done, it belongs to what is lost if it fails.
        if (this.queue[0] === work) this.queue.shift();
      } catch (fault) {
        this.giveUp(fault instanceof Error ? fault : new Error(String(fault)), 0);
      }
    }
    this.working = null;
  }

  private async wrote(portion: Portion): Promise<void> {
    const descriptor = this.descriptor ?? (await this.turned());
    this.isBegun = true;
    for (let done = 0; done < portion.bytes.length; ) done += await writeAt(descriptor, portion.bytes, done, this.end + done);
    this.end += portion.bytes.length;
    this.bytes -= portion.bytes.length;
    this.hearing.written(portion);
  }

  private async turned(): Promise<number> {
    await this.shut();
    this.end = 0;
    await this.age();
    this.descriptor = await openFile(this.file, NEW);
    return this.descriptor;
  }

  /** Closes the youngest file, without what a failed write may have left at its end. */
  private async shut(): Promise<void> {
    const { descriptor, end, isBegun } = this;
    [this.descriptor, this.isBegun] = [null, false];
    if (descriptor === null) return;
    // Data in a file to which we never wrote belongs to another recorder.
    await (isBegun ? cutFile(descriptor, end) : Promise.resolve()).finally(() => closeFile(descriptor));
  }

  /** Makes room for a new file: each becomes one older, as far as the first name that is free. Once there is room, nothing moves, however often it is asked for. */
  private async age(): Promise<void> {
    let free = 0;
    while (free < this.files - 1 && (await statOf(this.named(free)).catch(unlessAbsent)).size > 0) free++;
    try {
      for (let age = free; age > 0; age--) {
        this.moving = this.named(age - 1);
        await renameFile(this.moving, this.named(age));
      }
    } finally {
      this.moving = null;
    }
  }

  /** The same at once: at the very beginning and at the very end. */
  private ageNow(): void {
    let free = 0;
    while (free < this.files - 1 && (statSync(this.named(free), { throwIfNoEntry: false }) ?? nothing).size > 0) free++;
    for (let age = free; age > 0; age--) renameSync(this.named(age - 1), this.named(age));
  }

  /** Waits, with all else, for a renaming that is under way: what comes under the old name meanwhile would be renamed in its place. */
  private letMove(): void {
    const end = performance.now() + LONGEST_MOVE;
    while (this.moving !== null && existsSync(this.moving) && performance.now() < end);
  }

  private turnNow(): number {
    // It stays open: a write to it may be under way, and must not find another file under its number.
    if (this.descriptor !== null) ftruncateSync(this.descriptor, this.end);
    this.end = 0;
    this.ageNow();
    this.descriptor = openSync(this.file, NEW);
    return this.descriptor;
  }

  private writeNow({ bytes }: Portion): void {
    const descriptor = this.descriptor ?? this.turnNow();
    writeSync(descriptor, bytes, 0, bytes.length, this.end);
    this.end += bytes.length;
  }

  private named(age: number): string {
    return age === 0 ? this.file : `${this.file}.${age}`;
  }

  /** All that waits is lost, but for so many that are in the midst of being written. */
  private giveUp(fault: Error, kept: number): void {
    const lost = this.queue.splice(kept).filter((work) => work.kind === "write");
    for (const { bytes } of lost) this.bytes -= bytes.length;
    this.hearing.lost(lost, fault);
  }
}

const nothing = { size: 0 };

function unlessAbsent(fault: unknown): typeof nothing {
  if (!(fault instanceof Error && "code" in fault && fault.code === "ENOENT")) throw fault;
  return nothing;
}

const writeAt = (descriptor: number, bytes: Uint8Array, from: number, position: number): Promise<number> =>
  new Promise((resolve, reject) => write(descriptor, bytes, from, bytes.length - from, position, (fault, written) => (fault === null ? resolve(written) : reject(fault))));
