/** Opens a transport, and starts a member on it. */

import type { Receiver } from "../transport/transport.ts";
import { Driver, type DriverParts } from "./driver.ts";

/** Opens the transport; resolves with the driver of a running member. Rejects with the transport's error, and leaves nothing open. */
export async function openDriver(parts: DriverParts): Promise<Driver> {
  let driver: Driver | undefined;
  const address = await parts.transport.open({
    packet: (from, packet) => driver?.packet(from, packet),
    connection: (connection) => (driver === undefined ? connection.destroy() : driver.exchanges.accept(connection)),
    undeliverable: (to) => driver?.undeliverable(to),
    mended: (why) => driver?.troubles.note("socket", new Error(why)),
  } satisfies Receiver);
  try {
    driver = new Driver(parts, address);
    driver.begin();
    return driver;
  } catch (error) {
    await parts.transport.close();
    throw error;
  }
}
