/** Serves metrics to Prometheus, and health and readiness probes: a server of its own, whose failure does not affect the member. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { SwimMember } from "../member/member.ts";
import { MemberError } from "../error.ts";
import type { Metrics } from "./metrics.ts";

/** What is served, and where. */
export type ServeOptions = {
  /** `host:port`; a port alone, or `:port`, binds to the loopback. Port 0: any free one. */
  readonly at: string;
  /** Served at `/metrics`. */
  readonly metrics: Metrics;
  /** The member that `/healthz` and `/readyz` report on. */
  readonly member: SwimMember;
};

/** A running server, which does not keep the process alive. */
export type MetricsServer = {
  /** `http://host:port` */
  readonly url: string;
  /** Closes all connections, and stops listening. */
  readonly close: () => Promise<void>;
};

const LOOPBACK = "127.0.0.1";
const TEXT = "text/plain; charset=utf-8";
/** How long a request may take to come in, in milliseconds, and how often that is checked. */
const SLOWEST = 5_000;

type Place = { readonly host: string; readonly port: number };

/** `9090`, `:9090`, `0.0.0.0:9090`, `[::1]:9090`. Throws a `MemberError`. */
export function placeOf(at: string): Place {
  const found = /^(?:(?:\[([^\]]+)\]|([^:[\]]*)):)?(\d{1,5})$/.exec(at);
  const port = Number(found?.[3] ?? Number.NaN);
  if (found === null || !(port <= 65_535)) throw new MemberError("bad-option", `metrics ${JSON.stringify(at)} is not an address to listen on: write host:port, such as 127.0.0.1:9090, or a port alone`);
  const host = found[1] ?? found[2] ?? "";
  return { host: host === "" ? LOOPBACK : host, port };
}

/** Resolves once it listens. Rejects with a `MemberError`: `port-in-use`, `address-not-ours`, `no-such-host`, `bad-option`, `system`. */
export async function serveMetrics({ at, metrics, member }: ServeOptions): Promise<MetricsServer> {
  const place = placeOf(at);
  // Slow or malformed requests are cut off. By default, Node.js checks for them only every half a minute.
  const server = createServer({ headersTimeout: SLOWEST, requestTimeout: SLOWEST, connectionsCheckingInterval: SLOWEST, keepAliveTimeout: 65_000 }, (request, response) => {
    void answer(request, response, metrics, member).catch(() => response.destroy());
  });
  server.maxConnections = 64;
  // Prometheus keeps its connection open between scrapes; it must not keep the process alive.
  server.on("connection", (socket) => void socket.unref());
  await listen(server, place);
  server.on("error", () => {});
  server.unref();
  const { address, port, family } = server.address() as AddressInfo;
  return { url: `http://${family === "IPv6" ? `[${address}]` : address}:${port}`, close: () => close(server) };
}

const listen = (server: Server, { host, port }: Place): Promise<void> => new Promise((resolve, reject) => {
  server.once("error", (fault: NodeJS.ErrnoException) => reject(refusal(fault, host, port)));
  server.listen(port, host, resolve);
});

function refusal(fault: NodeJS.ErrnoException, host: string, port: number): MemberError {
  const where = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  switch (fault.code) {
    case "EADDRINUSE":    return new MemberError("port-in-use", `metrics: another process listens on ${where}: choose another port, or 0 for any free one`, fault);
    case "EADDRNOTAVAIL":
    case "EAFNOSUPPORT":  return new MemberError("address-not-ours", `metrics: no interface of this machine has the address ${host}`, fault);
    case "ENOTFOUND":     return new MemberError("no-such-host", `metrics: there is no host ${host}`, fault);
    case "EACCES":
    case "EPERM":         return new MemberError("bad-option", `metrics: this process may not listen on ${where}: ports below 1024 need privileges`, fault);
    default:              return new MemberError("system", `metrics: can't listen on ${where}: ${fault.message}`, fault);
  }
}

const close = (server: Server): Promise<void> => new Promise((resolve) => {
  server.close(() => resolve());
  server.closeAllConnections();
});

async function answer({ method, url = "/" }: IncomingMessage, response: ServerResponse, metrics: Metrics, member: SwimMember): Promise<void> {
  const say = (code: number, type: string, text: string): void => {
    response.writeHead(code, { "content-type": type, "content-length": Buffer.byteLength(text) });
    response.end(method === "HEAD" ? undefined : text);
  };
  if (method !== "GET" && method !== "HEAD") return say(405, TEXT, "GET and HEAD only\n");
  switch (url.replace(/\?.*$/, "")) {
    case "/metrics":
      return say(200, metrics.contentType, await metrics.text());
    case "/healthz": {
      const report = wellbeing(member);
      return say(report.status === "ok" ? 200 : 503, "application/json", `${JSON.stringify(report)}\n`);
    }
    case "/readyz": {
      const report = readiness(member);
      return say(report.status === "ready" ? 200 : 503, "application/json", `${JSON.stringify(report)}\n`);
    }
    case "/":
      return say(200, TEXT, indexOf(member));
    default:
      return say(404, TEXT, "there are /metrics, /healthz and /readyz\n");
  }
}

type Wellbeing = { readonly status: "ok" | "leaving" | "departed"; readonly name: string; readonly address: string; readonly health: number; readonly members: number };

function wellbeing(member: SwimMember): Wellbeing {
  const { kind } = member.state.phase;
  return { status: kind === "member" ? "ok" : kind, name: member.name, address: member.address, health: member.health, members: member.members().length };
}

type Readiness = { readonly status: "ready" | "joining" | "leaving" | "departed"; readonly name: string; readonly address: string; readonly members: number };

function readiness(member: SwimMember): Readiness {
  const { phase } = member.state;
  const status = phase.kind === "departed" ? "departed" : member.readiness;
  return { status, name: member.name, address: member.address, members: member.members().length };
}

const indexOf = (member: SwimMember): string => `swimlab, member ${member.name} at ${member.address}
/metrics  for Prometheus
/healthz  200 while it is a member, 503 once it leaves
/readyz   200 while it is in its group, 503 until a seed has let it in, and once it leaves
`;
