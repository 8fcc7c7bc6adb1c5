/** A house in a process of its own: orders come, and news go, over the channel to the conductor. */

import type { News, Order } from "./orders.ts";
import { openHouse } from "./house.ts";
import { sessionGoesFirst } from "./priority.ts";

sessionGoesFirst();
// Without a conductor nobody is needed.
process.on("disconnect", () => process.exit());

const { obey } = openHouse((news: News) => void process.send?.(news));
process.on("message", (order: Order) => obey(order));
