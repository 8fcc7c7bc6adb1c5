/** The log: every line of the run that matches the filter, however many; only visible ones are fetched and rendered. */

import type { LineRow } from "../model/detail.ts";
import type { LineNumber, RunFacts } from "../model/run.ts";
import type { Desk, MakePart } from "../page/desk.ts";
import { attribute, element, say } from "../page/element.ts";
import { Found } from "../page/found.ts";
import { latest } from "../page/latest.ts";
import { type Extent, heightOf, HIGHEST, rowAt, topOf } from "../model/scroll.ts";
import { runOf } from "../page/state.ts";
import { following, swap } from "../page/swap.ts";
import { linked, memberLink, messageLink } from "./links.ts";

/** The height of a row, in pixels, as in the stylesheet. */
const ROW = 24;
/** How many rows are cached. */
const KEPT = 4_000;

export const logPart: MakePart = (region, desk) => new Log(region, desk);

class Log {
  private readonly desk: Desk;
  private readonly status = element("span", { role: "status" });
  private readonly all = element("div", { class: "log-all" });
  private readonly window = element("div", { class: "log-window", role: "rowgroup" });
  private readonly scroller = element("div", { class: "log-scroll", role: "grid", tabindex: 0, "aria-label": "Lines of the run; the arrow keys move from line to line", id: "log-lines" });
  private readonly found: Found;
  private readonly rows = new Map<string, LineRow>();
  private facts: RunFacts | undefined;
  /** The line of the cursor. */
  private now: LineNumber = -1;
  /** Is the row of the cursor not found yet? Then the list scrolls there once it is. */
  private isComing = false;
  private readonly ask;
  private readonly followClock;

  constructor(region: HTMLElement, desk: Desk) {
    this.desk = desk;
    this.found = new Found(desk, () => {
      if (this.isComing && this.found.scanned > this.now) this.standAt(this.now);
      else this.draw();
    });
    this.ask = latest(desk, "rows", (rows, { run }) => {
      for (const row of rows) this.rows.set(`${run} ${row.line}`, row);
      for (const key of [...this.rows.keys()].slice(0, Math.max(0, this.rows.size - KEPT))) this.rows.delete(key);
      this.draw();
    });
    const here = latest(desk, "lineAt", (line) => this.standAt(line));
    this.followClock = following(() => {
      const { shown, clock } = desk.page();
      if (clock.line !== null) this.standAt(clock.line);
      else if (shown !== null) here({ run: shown, at: clock.at });
    });
    region.classList.add("log");
    this.all.append(this.window);
    this.scroller.append(this.all);
    const filter = element("button", { type: "button", title: "Write a filter (/)", onclick: () => document.getElementById("filter-field")?.focus() }, "Filter…");
    region.append(element("p", { class: "status" }, this.status, filter), element("div", { class: "log-row log-head", "aria-hidden": "true" }, ...["time", "who", "event → effects"].map((name) => element("span", {}, name))), this.scroller);
    this.listen();
    new ResizeObserver(() => this.draw()).observe(this.scroller);
  }

  readonly show = (): void => {
    const page = this.desk.page();
    this.facts = runOf(page, page.shown);
    this.draw();
    if (this.facts !== undefined) this.followClock(`${this.facts.id} ${page.clock.at} ${page.clock.line} ${page.filter} ${this.facts.isComplete}`, page.clock.isPlaying);
  };

  private get extent(): Extent {
    return { rows: this.found.count, rowHeight: ROW, seen: this.scroller.clientHeight };
  }

  private listen(): void {
    const { scroller } = this;
    scroller.addEventListener("scroll", () => this.draw(), { passive: true });
    scroller.addEventListener("wheel", (event) => {
      if (this.found.count * ROW <= HIGHEST || event.ctrlKey) return;
      // One pixel of the scroller may be many rows: the wheel still moves by rows.
      event.preventDefault();
      scroller.scrollTop = topOf(rowAt(scroller.scrollTop, this.extent) + event.deltaY / ROW, this.extent);
    }, { passive: false });
    scroller.addEventListener("click", ({ target }) => {
      const row = target instanceof Element && target.closest("button") === null ? target.closest<HTMLElement>("[data-line]") : null;
      if (row !== null) this.go(Number(row.dataset["line"]));
    });
    scroller.addEventListener("keydown", (event) => {
      if (event.target !== scroller || event.ctrlKey || event.metaKey || event.altKey) return;
      const page = Math.max(1, Math.floor(scroller.clientHeight / ROW) - 1);
      const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
      if (step === undefined || this.found.count === 0) return;
      event.preventDefault();
      event.stopPropagation();
      const row = Math.max(0, Math.min(this.found.count - 1, this.found.rowOf(this.now) + step));
      this.go(this.found.lineIn(row));
    });
  }

  /** Moves the clock to a line. Its instant is known once its row is. */
  private go(line: LineNumber): void {
    const { facts } = this;
    if (facts === undefined) return;
    const row = this.rows.get(`${facts.id} ${line}`);
    if (row !== undefined) return this.seek(row);
    void this.desk.ask("rows", { run: facts.id, lines: [line] }).then(([fetched]) => (fetched === undefined ? undefined : this.seek(fetched)));
    return undefined;
  }

  private seek({ line, at, who, received, sent }: LineRow): void {
    this.desk.dispatch({ kind: "paused" });
    this.desk.dispatch({ kind: "sought", at, line, selection: { line, member: who < 0 ? null : who, message: received?.id ?? sent[0]?.id ?? null } });
  }

  /** Marks the row of the cursor, and scrolls it into view. */
  private standAt(line: LineNumber): void {
    this.now = line;
    this.isComing = this.found.numbers !== null && this.found.scanned <= line;
    const row = this.found.rowOf(line);
    const { extent, scroller } = this;
    const top = rowAt(scroller.scrollTop, extent);
    const inSight = Math.floor(extent.seen / ROW);
    if (row < top || row > top + inSight - 2) {
      // After a step the row is near the edge that it came from; after a jump, in the middle.
      const isNear = row > top - 3 && row < top + inSight + 3;
      scroller.scrollTop = topOf(isNear ? (row < top ? row : row - inSight + 2) : row - inSight / 2, extent);
    }
    this.draw();
  }

  private draw(): void {
    const { facts, found, scroller } = this;
    const page = this.desk.page();
    if (page.view !== "log") return undefined;
    if (facts === undefined) {
      attribute(this.all, "style", "height: 0px");
      this.window.replaceChildren();
      return say(this.status, "No run is open.");
    }
    found.follow(facts.id, page.filter.trim(), facts.knownUntil >= facts.seenUntil || facts.isComplete ? facts.lines : Math.max(0, facts.lines - 1));
    const { extent } = this;
    attribute(this.all, "style", `height: ${heightOf(extent)}px`);
    attribute(scroller, "aria-rowcount", String(found.count));
    const top = rowAt(scroller.scrollTop, extent);
    const first = Math.floor(top);
    const wanted = Array.from({ length: Math.max(0, Math.min(found.count - first, Math.ceil(extent.seen / ROW) + 1)) }, (_, n) => first + n);
    attribute(this.window, "style", `transform: translateY(${(scroller.scrollTop - (top - first) * ROW).toFixed(1)}px)`);
    swap(this.window, wanted.map((row) => this.rowElement(facts, row)));
    attribute(scroller, "aria-activedescendant", wanted.some((row) => found.lineIn(row) === this.now) ? `log-line-${this.now}` : null);
    say(this.status, this.statusText(facts));
    const missing = wanted.map((row) => found.lineIn(row)).filter((line) => !this.rows.has(`${facts.id} ${line}`));
    if (missing.length > 0) this.ask({ run: facts.id, lines: missing });
    return undefined;
  }

  private statusText({ lines }: RunFacts): string {
    const { found } = this;
    const count = found.count.toLocaleString("en-US");
    if (found.numbers === null) return `${count} lines`;
    return found.scanned >= lines ? `${count} of ${lines.toLocaleString("en-US")} lines match` : `${count} lines match so far: ${Math.floor((100 * found.scanned) / Math.max(1, lines))} % searched`;
  }

  private rowElement(facts: RunFacts, place: number): HTMLElement {
    const { desk, found } = this;
    const line = found.lineIn(place);
    const row = this.rows.get(`${facts.id} ${line}`);
    const isChosen = desk.page().selection.line === line;
    const attributes = { role: "row", id: `log-line-${line}`, "data-line": line, "aria-rowindex": place + 1, "aria-selected": String(isChosen) };
    if (row === undefined) return element("div", { ...attributes, class: "log-row" }, element("span", { role: "gridcell" }, "…"));
    const { at, who, what, asks, received, sent } = row;
    const [opening = ""] = /^\S+/.exec(asks) ?? [];
    const cell = (...children: readonly (Node | string)[]): HTMLElement => element("span", { role: "gridcell" }, ...children);
    return element("div", { ...attributes, class: `log-row${line === this.now ? " now" : ""}${who < 0 ? " world" : ""}` },
      element("time", { role: "gridcell" }, (at / 1e6).toFixed(6)),
      who < 0 ? cell("world") : cell(memberLink(desk, facts, who)),
      element("span", { role: "gridcell", class: "what", title: asks === "" ? what : `${what} → ${asks}` },
        ...(received === null ? linked(desk, facts, what) : [messageLink(desk, received.id, /^\S+/.exec(what)?.[0] ?? what), ...linked(desk, facts, what.replace(/^\S+/, ""))]),
        ...(asks === "" ? [] : [element("span", { class: "asks" }, " → ", ...(sent[0] === undefined ? linked(desk, facts, asks) : [messageLink(desk, sent[0].id, opening), ...linked(desk, facts, asks.slice(opening.length))]))])));
  }
}
