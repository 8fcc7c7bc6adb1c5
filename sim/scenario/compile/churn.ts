/** Churn: by a Poisson process, by sessions, or as recorded; and whether it is too much for a run. */

import { type Instant, micros, type Micros, since } from "../../../engine/index.ts";
import { latencyAt } from "../../world/latency.ts";
import type { Action, Churn, Latency, Selector } from "../model.ts";
import { showCount } from "../quantity.ts";
import type { WrittenFaults } from "../schema/member-faults.ts";
import type { Path, Report } from "../trouble.ts";
import type { Cast } from "./cast.ts";
import { latencyOf } from "./latency.ts";
import { howMany, selectorOf } from "./selector.ts";

type Written = NonNullable<WrittenFaults["churn"]>;
type Span = { readonly members: Selector; readonly from: Micros; readonly until: Instant; readonly least: number };

const HOUR = 3_600_000_000;
/** The most departures and returns of churn in a run. */
const MOST = 100_000;
/** The number of points at which a distribution is sampled for its mean; this also cuts off tails without a finite mean. */
const POINTS = 64;

/** The model; undefined after a mistake, which has been reported. */
export function churnModelOf(written: Written, span: Span, path: Path, cast: Cast | undefined, report: Report): Churn | undefined {
  const { rate, per, up, down } = written;
  if (rate !== undefined && up !== undefined) report([...path, "up"], "rate and up can't be combined: write rate for Poisson, or up and down for sessions");
  if (per !== undefined && rate === undefined) report([...path, "per"], "per works only with rate");
  if (written.by === "join" && (up !== undefined || down !== undefined)) report([...path, up === undefined ? "down" : "up"], "members that join stay: write only rate");
  const away = down === undefined ? null : latencyOf(down, [...path, "down"], report);
  if (rate !== undefined) {
    const model: Churn = { kind: "poisson", perHour: rate, per: per ?? "group", down: away };
    return checked(model, span, path, cast, report);
  }
  if (up === undefined) {
    report(path, "nobody comes or goes here: write rate, or up and down, or file");
    return undefined;
  }
  if (away === null) {
    report(path, "sessions also need down: how long each member is away");
    return undefined;
  }
  return checked({ kind: "sessions", up: latencyOf(up, [...path, "up"], report), down: away }, span, path, cast, report);
}

function checked(model: Churn, { members, from, until, least }: Span, path: Path, cast: Cast | undefined, report: Report): Churn {
  const count = cast === undefined ? 0 : sizeOf(members, cast);
  const expected = model.kind === "poisson"
    ? (since(until, from as unknown as Instant) / HOUR) * model.perHour * (model.per === "member" ? count : 1) * 2
    : (2 * count * since(until, from as unknown as Instant)) / (meanOf(model.up) + Math.max(least, meanOf(model.down)));
  if (expected > MOST) report(path, `these would be about ${showCount(Math.round(expected))} departures and returns, and ${showCount(MOST)} are the most`);
  return model;
}

function sizeOf(selector: Selector, cast: Cast): number {
  switch (selector.kind) {
    case "count":    return selector.count;
    case "fraction": return selector.fraction * howMany(selector.among, cast);
    case "all":
    case "names":
    case "tag":      return howMany(selector, cast);
    default:         return cast.places.length;
  }
}

/** The mean without the extreme tail; at least a microsecond. */
function meanOf(latency: Latency): number {
  let sum = 0;
  for (let point = 0; point < POINTS; point++) sum += latencyAt(latency, (point + 0.5) / POINTS);
  return Math.max(1, sum / POINTS);
}

/** One line of a recorded churn: when something happens, and what. */
export type Recorded = { readonly wait: Micros; readonly action: Action };

/** The recorded churn, line by line. */
export function recordedOf({ events = [], ...rest }: Written, path: Path, cast: Cast | undefined, report: Report): readonly Recorded[] {
  const beside = Object.keys(rest).filter((key) => rest[key as keyof typeof rest] !== undefined);
  if (beside.length > 0) report([...path, beside[0] ?? ""], `${beside[0] ?? ""} can't be combined with file or events, which list who comes and goes`);
  return events.map(({ at, member, what }, index) => {
    const here = [...path, "events", index, "member"];
    const members = selectorOf([member], here, cast, (_, message) => report(here, message), what === "join" ? "the absent" : "anybody");
    const action: Action = what === "restart" ? { kind: what, members, incarnation: "lost", address: "same" } : { kind: what, members };
    return { wait: micros(at), action };
  });
}
