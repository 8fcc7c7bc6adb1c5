/** What runs beside an agent's member: the flight recorder, the watch for metrics, the metrics server. */

import { flightRecorder } from "../recorder/flight-recorder.ts";
import type { MemberOptions } from "../member/options.ts";
import type { SwimMember } from "../member/member.ts";
import { placeOf, serveMetrics, type MetricsServer } from "../metrics/serve.ts";
import { memberWatch, type Watch } from "../metrics/watch.ts";
import type { News } from "./news.ts";
import type { AgentSettings } from "./settings.ts";

export type Beside = {
  readonly recorder: NonNullable<MemberOptions["recorder"]>;
  /** Registers the metrics, including those of the process, and resolves once they are served; with null if no metrics are configured. Rejects with a `MemberError`. */
  readonly serve: (member: SwimMember) => Promise<MetricsServer | null>;
};

/**
 * Prepares these parts before the member exists, so that nothing has to be awaited once it runs, and none of its events is missed. Checks
 * the address for metrics, and opens the recording. `ended` is called when the member has closed, whatever closed it. Rejects with a `MemberError`.
 */
export async function besideOf({ record, metrics }: AgentSettings, tell: (news: News) => void, ended: () => void): Promise<Beside> {
  const figures = metrics === undefined ? undefined : await figuresOf(metrics);
  const flight = record === undefined ? undefined : flightRecorder({
    file: record,
    onError: (error) => tell({ kind: "note", what: "recorder", text: `the recording ${record} can't be written at the moment: ${error.message}` }),
  });
  return {
    recorder: {
      ...(flight !== undefined && { born: flight.born }),
      stepped: (at, who, event, effects, state) => {
        figures?.watch.stepped(at, who, event, effects, state);
        flight?.stepped(at, who, event, effects, state);
      },
      close: async () => {
        await flight?.close();
        ended();
      },
    },
    serve: async (member) => (figures === undefined ? null : figures.serve(member)),
  };
}

type Figures = { readonly watch: Watch; readonly serve: (member: SwimMember) => Promise<MetricsServer> };

async function figuresOf({ at, prefix }: NonNullable<AgentSettings["metrics"]>): Promise<Figures> {
  placeOf(at);
  // Loaded only if needed, because it takes twelve MiB.
  const [{ metricsOf }, { collectDefaultMetrics }] = await Promise.all([import("../metrics/metrics.ts"), import("prom-client")]);
  const watch = memberWatch();
  return {
    watch,
    serve: (member) => {
      const metrics = metricsOf(member, { watch, ...(prefix !== undefined && { prefix }) });
      collectDefaultMetrics({ register: metrics.registry });
      return serveMetrics({ at, metrics, member });
    },
  };
}
