/** What stands beside an agent's member: the flight recorder, the watch for figures, their server. */

import { flightRecorder } from "../recorder/flight-recorder.ts";
import type { MemberOptions } from "../member/options.ts";
import type { SwimMember } from "../member/member.ts";
import { placeOf, serveMetrics, type MetricsServer } from "../metrics/serve.ts";
import { memberWatch, type Watch } from "../metrics/watch.ts";
import type { News } from "./news.ts";
import type { AgentSettings } from "./settings.ts";

export type Beside = {
  readonly recorder: NonNullable<MemberOptions["recorder"]>;
  readonly watch: Watch | undefined;
};

/** Checks where figures are to be served, and opens the recording, if these are wanted. `ended` hears that the member has closed, whatever closed it. Throws a `MemberError`. */
export function besideOf({ record, metrics }: AgentSettings, tell: (news: News) => void, ended: () => void): Beside {
  if (metrics !== undefined) placeOf(metrics.at);
  const watch = metrics === undefined ? undefined : memberWatch();
  const flight = record === undefined ? undefined : flightRecorder({
    file: record,
    onError: (error) => tell({ kind: "note", what: "recorder", text: `the recording ${record} can't be written at the moment: ${error.message}` }),
  });
  return {
    watch,
    recorder: {
      ...(flight !== undefined && { born: flight.born }),
      stepped: (at, who, event, effects, state) => {
        watch?.stepped(at, who, event, effects, state);
        flight?.stepped(at, who, event, effects, state);
      },
      close: async () => {
        await flight?.close();
        ended();
      },
    },
  };
}

/** Serves figures, with those of the process itself, if that is wanted. Rejects with a `MemberError`. */
export async function serve({ metrics }: AgentSettings, member: SwimMember, watch: Watch | undefined): Promise<MetricsServer | null> {
  if (metrics === undefined) return null;
  const { at, prefix } = metrics;
  // Twelve MiB, for those who want them.
  const [{ metricsOf }, { collectDefaultMetrics }] = await Promise.all([import("../metrics/metrics.ts"), import("prom-client")]);
  const figures = metricsOf(member, { ...(watch !== undefined && { watch }), ...(prefix !== undefined && { prefix }) });
  collectDefaultMetrics({ register: figures.registry });
  return serveMetrics({ at, metrics: figures, member });
}
