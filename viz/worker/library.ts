/** The library: all open runs, how they are opened and played, and the notices to the page meanwhile. */

import type { Scenario } from "../../sim/index.ts";
import type { Part } from "../../trace/index.ts";
import { titleOfFiles } from "../model/file-name.ts";
import type { Experiment, Origin, RunId } from "../model/run.ts";
import { Chronicle } from "./chronicle.ts";
import { type Book, factsOf } from "./facts.ts";
import { countedIn, figuresOf } from "./figures.ts";
import { Indexer } from "./indexer.ts";
import { isJudged, Retrial } from "./judge.ts";
import { Place } from "./place.ts";
import { compile, endOf, jamsIn, Player, type ReadFile, zonesOf } from "./player.ts";
import type { Opened, Recording, Says, Told } from "./protocol.ts";
import { type Taped, tapeOf, wholeTape } from "./taped.ts";
import { TapeStream } from "./tape-stream.ts";
import { Tape } from "./tape.ts";

/** What the library needs from its thread. */
export type Surroundings = {
  readonly tell: (told: Told) => void;
  /** Lets pending questions be answered; resolves when work may continue. */
  readonly pause: () => Promise<void>;
  /** Milliseconds, only for reporting progress at intervals. */
  readonly clock: () => number;
};

/** How long work continues between two pauses, and between two notices, in milliseconds. */
const SLICE = 25;
const NOTICE = 300;
/** Events between two checks of the clock. */
const BATCH = 500;
/** Longer recordings, in lines, are not played again for the oracles. */
const RETRIED = 1_000_000;

export class Library {
  private readonly books = new Map<RunId, Book>();
  private readonly files = new Map<string, string>();
  private readonly around: Surroundings;

  constructor(around: Surroundings) {
    this.around = around;
  }

  /** Takes the scenarios that `extends` may name. */
  lend(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) this.files.set(name, text);
  }

  readonly read: ReadFile = (path) => {
    const text = this.files.get(path.replace(/^\.\//, ""));
    if (text === undefined) throw new Error(`there is no ${path} here`);
    return text;
  };

  book(run: RunId): Book | undefined {
    return this.books.get(run);
  }

  close(run: RunId): void {
    this.books.delete(run);
  }

  /** Plays an experiment. Returns the facts for the first picture; the rest comes as notices. */
  async play({ run, experiment, parent, forkedAt }: Says<"play">): Promise<Opened> {
    const compiled = compile(experiment, this.read);
    if (!compiled.ok) return { ok: false, whys: [], mistakes: compiled.mistakes };
    const { scenario, source } = compiled;
    const tape = new Tape(1 << 20);
    const chronicle = new Chronicle(true, jamsIn(scenario));
    const origin: Origin = { kind: "played", experiment, parent, forkedAt };
    const book = this.enter(run, { name: scenario.name, origin, place: new Place(tape, chronicle), zones: zonesOf(scenario), planned: endOf(scenario) });
    const player = new Player(scenario, source, experiment.run, tape, chronicle);
    return this.firstLook(book, this.playOn(book, player));
  }

  private async playOn(book: Book, player: Player): Promise<void> {
    const { tape } = book.place;
    let looked = 0;
    await this.inSlices(book, "playing", () => player.share, () => {
      const result = player.goOn(BATCH);
      if (result !== null || tape.size > 1.5 * looked + 65_536) {
        tape.refresh();
        looked = tape.size;
      }
      if (result === null) return false;
      book.figures = figuresOf(result);
      book.traceHash = result.traceHash;
      return true;
    });
  }

  /** Opens recordings: one file, the files of one member's ring, or several members' recordings, which are merged. */
  async open(says: Says<"open">): Promise<Opened> {
    const [only] = says.recordings;
    const opened = only === undefined || says.recordings.length > 1 ? null : await this.openWhileReading(says.run, only);
    return opened ?? this.openAll(says);
  }

  /** A trace of a whole run is shown while it is still being read; null if it is none, or if too little can be read to tell. */
  private async openWhileReading(run: RunId, recording: Recording): Promise<Opened | null> {
    const stream = new TapeStream(recording);
    await stream.begin();
    const whole = stream.tape.trace === null ? null : wholeTape(stream.tape);
    if (whole === null || stream.tape.trace?.chunks.length === 0) return null;
    const opened = this.enterRecorded(run, [recording.name], { ok: true, ...whole, remarks: [] });
    const book = this.books.get(run);
    const rest = stream.goOn(() => this.books.get(run) === book).then(() => {
      const missing = stream.tape.trace?.missing ?? null;
      if (book === undefined || missing === null) return;
      book.missing = both(missing, book.missing);
      book.planned = null;
    });
    // Damage to a file is reported with the first answer, if it is known by then.
    if (stream.isShort) await rest;
    const answer = await opened;
    return answer.ok && book !== undefined ? { ok: true, facts: factsOf(book) } : answer;
  }

  private async openAll({ run, recordings }: Says<"open">): Promise<Opened> {
    const parts: Part[] = [];
    const all = recordings.reduce((sum, { blob }) => sum + blob.size, 0);
    let read = 0;
    for (const recording of recordings) {
      const bytes = await this.readAll(recording, (size) => this.around.tell({ tell: "progress", run, share: (read + size) / Math.max(1, all), doing: "reading" }));
      read += bytes.length;
      parts.push({ name: recording.name, bytes });
    }
    const tape = tapeOf(parts);
    if (!tape.ok) return { ok: false, whys: tape.whys, mistakes: [] };
    if ((tape.tape.trace?.chunks.length ?? 0) === 0) return { ok: false, whys: whyNothing(tape, recordings), mistakes: [] };
    return this.enterRecorded(run, recordings.map(({ name }) => name), tape);
  }

  private enterRecorded(run: RunId, files: readonly string[], { tape, hasTruth, remarks }: Extract<Taped, { ok: true }>): Promise<Opened> {
    const about = tape.trace?.header.about ?? {};
    const experiment = experimentOf(about, files[0] ?? "");
    const scenario = experiment === null ? null : compile(experiment, this.read);
    const missing = [...(tape.isWhole && typeof tape.trace?.missing === "string" ? [tape.trace.missing] : []), ...remarks].join("; ");
    const book = this.enter(run, {
      name: typeof about.scenario === "string" ? about.scenario : titleOfFiles(files),
      origin: { kind: "recorded", files, experiment },
      place: new Place(tape, new Chronicle(hasTruth, scenario?.ok === true ? jamsIn(scenario.scenario) : new Set())),
      zones: scenario?.ok === true ? zonesOf(scenario.scenario) : new Map(),
      planned: scenario?.ok === true && missing === "" ? endOf(scenario.scenario) : null,
    });
    book.missing = missing === "" ? null : missing;
    return this.firstLook(book, this.index(book).then(() => (scenario?.ok === true && experiment !== null ? this.judge(book, scenario.scenario, experiment.run) : undefined)));
  }

  /** Reads a file to its end, and reports progress at intervals. */
  private async readAll({ blob }: Recording, tell: (size: number) => void): Promise<Uint8Array> {
    const bytes = new Uint8Array(blob.size);
    const reader = blob.stream().getReader();
    let [told, size] = [this.around.clock(), 0];
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      bytes.set(piece.value, size);
      size += piece.value.length;
      if (this.around.clock() - told < NOTICE) continue;
      told = this.around.clock();
      tell(size);
    }
    return bytes;
  }

  private async index(book: Book): Promise<void> {
    const indexer = new Indexer(book.place);
    await this.inSlices(book, "indexing", () => indexer.share, () => {
      if (indexer.isWaiting) return "wait";
      const { isDone, trouble } = indexer.goOn();
      if (trouble !== null) book.missing = both(book.missing, trouble);
      if (isDone) book.figures = countedIn(book.place.chronicle);
      return isDone;
    });
  }

  /** Plays a completely recorded run again before the oracles; violations are reported when they are found. */
  private async judge(book: Book, scenario: Scenario, run: number): Promise<void> {
    const { place: { chronicle } } = book;
    if (!isJudged(scenario) || !chronicle.hasTruth || book.missing !== null || chronicle.lines.count > RETRIED) return;
    const retrial = new Retrial(scenario, run, chronicle);
    while (this.books.get(book.id) === book && !retrial.goOn(BATCH)) await this.around.pause();
    if (this.books.get(book.id) === book && chronicle.broken.length > 0) this.around.tell({ tell: "grew", facts: factsOf(book), share: 1, doing: "indexing" });
  }

  private enter(run: RunId, book: Pick<Book, "name" | "origin" | "place" | "zones" | "planned">): Book {
    const entered: Book = { ...book, id: run, missing: null, isComplete: false, figures: [], traceHash: null };
    this.books.set(run, entered);
    return entered;
  }

  /** Returns as soon as there is something to show; the work continues. */
  private async firstLook(book: Book, work: Promise<void>): Promise<Opened> {
    const end = { isThere: false };
    const over = (): void => { end.isThere = true; };
    work.then(over, over);
    const isSeen = (): boolean => (book.place.tape.trace?.chunks.length ?? 0) > 0 && book.place.chronicle.lines.count > 0;
    // Work that has ended, or was aborted, shows nothing more.
    const seen = async (): Promise<void> => { while (!end.isThere && !isSeen()) await this.around.pause(); };
    await Promise.race([work, seen()]);
    return { ok: true, facts: factsOf(book) };
  }

  /** Works until `work` says that it is done, with pauses and notices in between. Stops when the run is closed. */
  private async inSlices(book: Book, doing: "playing" | "indexing", share: () => number, work: () => boolean | "wait"): Promise<void> {
    const { clock, tell, pause } = this.around;
    let [began, told] = [clock(), clock()];
    let wait = NOTICE;
    while (this.books.get(book.id) === book) {
      const isDone = work();
      if (isDone === true) {
        book.isComplete = true;
        tell({ tell: "grew", facts: factsOf(book), share: 1, doing });
        return;
      }
      if (clock() - told > wait) {
        tell({ tell: "grew", facts: factsOf(book), share: share(), doing });
        told = clock();
        // The facts of a long run are large: they are sent less and less often.
        wait = Math.min(4_000, wait * 1.3);
      }
      if (isDone !== "wait" && clock() - began < SLICE) continue;
      await pause();
      began = clock();
    }
  }
}

/** Combines two findings about one file; either may be null, and both may be equal. */
const both = (one: string | null, other: string | null): string | null => (one === null || other === null || one === other ? (one ?? other) : `${one}; ${other}`);

/** Why no line could be read. */
function whyNothing({ tape, remarks }: Extract<Taped, { ok: true }>, recordings: readonly Recording[]): readonly string[] {
  return remarks.length > 0 ? remarks : [`${recordings.map(({ name }) => name).join(", ")}: ${tape.trace?.missing ?? "nothing happened in it"}`];
}

/** The experiment that a trace says it is of. */
function experimentOf(about: Readonly<Record<string, string | number>>, file: string): Experiment | null {
  const { source, seed, run, scenario } = about;
  if (typeof source !== "string" || typeof run !== "number") return null;
  return { file: typeof scenario === "string" ? `${scenario}.yaml` : file, text: source, seed: seed === undefined ? null : String(seed), run, edits: [] };
}
