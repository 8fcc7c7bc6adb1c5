/** The public interface of a member's metrics. */

export { metricsOf, type Metrics, type MetricsOptions } from "./metrics.ts";
export { placeOf, serveMetrics, type MetricsServer, type ServeOptions } from "./serve.ts";
export { memberWatch, type ProbeOutcome, type Sights, type Watch } from "./watch.ts";
