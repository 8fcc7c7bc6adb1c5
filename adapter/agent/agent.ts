/** An agent: a member that shows its events, until it is told to leave. */

import { createMember } from "../member/create.ts";
import type { MemberEvent, SwimMember } from "../member/member.ts";
import { MemberError } from "../error.ts";
import { aboutUs, started } from "./about.ts";
import { watchDrops } from "./drops.ts";
import { faceOf, type Face } from "./face.ts";
import { joinPatiently } from "./joining.ts";
import { openLog, type Log } from "./log.ts";
import type { News } from "./news.ts";
import { Outlet } from "./outlet.ts";
import { besideOf } from "./parts.ts";
import { keysIn, takeOver, withWords } from "./rereading.ts";
import type { AgentHands, AgentSettings, AgentSignal, WrittenMember } from "./settings.ts";
import type { MemberOptions } from "../member/options.ts";
import type { MetricsServer } from "../metrics/serve.ts";
import { tcp } from "../transport/tcp.ts";

const kinds = ["join", "update", "suspect", "failed", "leave", "refute", "message", "event", "keys", "conflict", "clear", "forget", "error"] as const satisfies readonly MemberEvent["kind"][];

/** The exit codes by which shells report a process that a signal ended. */
const codeOf: Readonly<Record<AgentSignal, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
/** A second signal within this time, in milliseconds, is an echo: nobody presses a key twice so quickly. */
const ECHO = 200;
/** The exit code if the group holds us dead for good. */
const PUT_OUT = 1;
/** The exit code after a bug of our own. */
const BROKEN = 70;

/** TCP alone listens, and is reached, where both would have. */
function withoutUdp({ bind, advertise, ...options }: WrittenMember, tls: NonNullable<WrittenMember["tcp"]>): MemberOptions {
  return { ...options, transport: tcp({ ...(bind !== undefined && { bind }), ...(advertise !== undefined && { advertise }), ...tls }) };
}

/**
 * Starts a member, and resolves with the exit code when it has left, or ended in another way: 0 if it left because it was told to. Rejects with a
 * `MemberError` if it cannot start, with nothing left open.
 */
export async function runAgent(settings: AgentSettings, hands: AgentHands): Promise<number> {
  const log = await openLog(settings.log, settings.member.name);
  let ended = (): void => {};
  const end = new Promise<void>((resolve) => { ended = resolve; });
  const outlet = new Outlet();
  const { seeds = [], tcp: alone, ...options } = settings.member;
  const { recorder, serve } = await besideOf(settings, outlet.tell, ended);
  const member = await createMember({ ...(alone === undefined ? options : withoutUdp(options, alone)), recorder }).catch(async (error: unknown) => { await recorder.close?.(); throw error; });
  // Before anything else is awaited: peers may send messages already, and the agent must not end without a farewell.
  const agent = new Agent(settings, hands, { member, log, outlet });
  const server = await serve(member).catch(async (error: unknown) => { agent.listenNoMore(); await member.stop(); throw error; });
  agent.show(started(settings, member, server));
  const stopAsking = joinPatiently(member, seeds, outlet.tell);
  await end;
  stopAsking();
  return agent.close(server);
}

type Parts = { readonly member: SwimMember; readonly log: Log; readonly outlet: Outlet };

class Agent {
  private settings: AgentSettings;
  private readonly hands: AgentHands;
  private readonly parts: Parts;
  private readonly takeBack: readonly (() => void)[];
  /** Why we are leaving, since when, and the exit code. */
  private leaving: { readonly signal: AgentSignal | "output-lost"; readonly at: number; readonly code: number } | null = null;
  private lastError: Error | undefined;
  private face: Face | null = null;

  /** Listens to the member and to signals from now on; the news is shown once there is an output. */
  constructor(settings: AgentSettings, hands: AgentHands, parts: Parts) {
    this.settings = settings;
    this.hands = hands;
    this.parts = parts;
    const { member, log } = parts;
    this.takeBack = [
      ...kinds.map((kind) => member.on(kind, (event) => this.tell(event))),
      hands.signals((signal) => this.signalled(signal)),
      hands.outputLost((why, code) => this.outputLost(why, code)),
      ...(log.wantsDrops ? [watchDrops(member, log.hear)] : []),
    ];
  }

  /** Opens the output, and shows the news, `first` before all that waited. */
  show(first: News): void {
    const { settings, hands, parts: { member, log, outlet } } = this;
    const face = faceOf(settings.show, member, aboutUs(settings), hands.page);
    this.face = face;
    outlet.open(first, (news) => {
      this.face?.hear(news);
      log.hear(news);
    });
  }

  listenNoMore(): void {
    for (const back of this.takeBack) back();
  }

  /** To be called when the member has closed. Resolves with the exit code. */
  async close(server: MetricsServer | null): Promise<number> {
    this.listenNoMore();
    this.tell(this.leaving !== null ? { kind: "note", what: "left", text: "left the group" } : { kind: "note", what: "stopped", text: "stopped without being told to" });
    this.face?.close();
    this.parts.log.close();
    await server?.close();
    if (this.leaving !== null) return this.leaving.code;
    return this.lastError instanceof MemberError ? PUT_OUT : BROKEN;
  }

  private tell(news: News): void {
    if (news.kind === "error") this.lastError = news.error;
    this.parts.outlet.tell(news);
    if (news.kind === "keys") this.writeKeys();
  }

  /** Saves the keys, as a Serf agent does: so a restart begins with the group's current keys, not with the old ones. */
  private writeKeys(): void {
    const { settings, hands, parts: { member } } = this;
    const { keyFile } = settings;
    const keys = member.keys.list().map(({ key }) => key);
    if (keyFile === undefined) return this.tell({ kind: "note", what: "keys-not-written", text: "our keys came from no file: a restart begins with those of before, unless you write these down" });
    try {
      hands.writeKeys(keyFile, keysIn(settings), keys);
      this.settings = { ...settings, member: { ...settings.member, keys } };
      this.tell({ kind: "note", what: "keys-written", text: `${keyFile} has the keys of now`, facts: { file: keyFile } });
    } catch (error) {
      this.tell({ kind: "note", what: "keys-not-written", text: `${keyFile} still has the keys of before, and a restart begins with those: ${sentenceOf(error)}`, facts: { file: keyFile } });
    }
  }

  private signalled(signal: AgentSignal): void {
    if (signal === "SIGHUP" && (this.hands.reread !== null || this.settings.log?.file !== undefined)) return this.read(this.hands.reread);
    if (this.leaving !== null) return this.isEcho(signal) ? undefined : this.quit(signal);
    this.leaving = { signal, at: performance.now(), code: 0 };
    this.leave({ kind: "note", what: "leaving", text: `${signal}: saying goodbye; again to quit at once`, facts: { signal } });
  }

  /** Standard output is lost, so nobody can see the agent any more: it leaves, with a farewell to its group. */
  private outputLost(why: string, code: number): void {
    this.face?.close();
    this.face = null;
    if (this.leaving !== null) return;
    this.leaving = { signal: "output-lost", at: performance.now(), code };
    this.leave({ kind: "note", what: "leaving", text: `${why}: saying goodbye` });
  }

  private leave(note: News): void {
    const { member } = this.parts;
    this.tell(note);
    member.leave().catch((error: unknown) => {
      this.tell({ kind: "note", what: "stopped", text: `no goodbye: ${sentenceOf(error)}` });
      void member.stop();
    });
  }

  /** Is it the same Ctrl-C again? A terminal sends it to us and to npm, and npm forwards it. */
  private isEcho(signal: AgentSignal): boolean {
    return this.leaving !== null && this.leaving.signal === signal && performance.now() - this.leaving.at < ECHO;
  }

  private quit(signal: AgentSignal): void {
    this.face?.close();
    this.hands.quit(codeOf[signal]);
  }

  private reopenLog(): void {
    if (this.settings.log?.file === undefined) return;
    try {
      this.parts.log.reopen();
      this.tell({ kind: "note", what: "log-reopened", text: "log reopened" });
    } catch (error) {
      this.tell({ kind: "note", what: "log-not-reopened", text: `the log goes on where it was, and can't be reopened: ${sentenceOf(error)}` });
    }
  }

  private read(reread: (() => AgentSettings) | null): void {
    const { member } = this.parts;
    this.reopenLog();
    if (reread === null) return;
    try {
      const after = reread();
      const done = takeOver(this.settings, after, member);
      this.settings = withWords(this.settings, after);
      this.tell({ kind: "note", what: "read-again", text: `settings reloaded: ${done.length === 0 ? "nothing has changed" : done.join("; ")}`, facts: { done } });
    } catch (error) {
      this.tell({ kind: "note", what: "not-read-again", text: `settings unchanged: ${sentenceOf(error)}` });
    }
  }
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
