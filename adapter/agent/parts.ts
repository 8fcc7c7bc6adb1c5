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
  /** Counts from this moment on, and resolves once it serves what it counts, with that of the process itself; with null if nobody wants figures. Rejects with a `MemberError`. */
  readonly serve: (member: SwimMember) => Promise<MetricsServer | null>;
};

/**
 * Makes ready what there is to be beside a member, before there is one: nothing has to be waited for any more when it runs, and nothing of its life is missed. Checks
 * where figures are to be served, and opens the recording. `ended` hears that the member has closed, whatever closed it. Rejects with a `MemberError`.
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
  // Twelve MiB, for those who want them.
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
