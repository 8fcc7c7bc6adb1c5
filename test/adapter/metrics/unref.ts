/** A process whose member has stopped, and whose metrics are still served: whoever reads them keeps the connection. It prints where they are served, and ends when it is told to stop and nothing keeps it. */

import { createMember } from "../../../adapter/index.ts";
import { metricsOf, serveMetrics } from "../../../adapter/metrics/index.ts";

const member = await createMember({ name: "a", bind: "127.0.0.1:0" });
const { url } = await serveMetrics({ at: "0", metrics: metricsOf(member), member });
process.stdout.write(`${url}\n`);
process.once("SIGTERM", () => void member.stop());
