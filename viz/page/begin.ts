/** How a visit begins: with what the address asks for, or with the gallery. And what is dropped on the page is opened. */

import type { Desk } from "./desk.ts";
import { open } from "./opening.ts";

export function begin(desk: Desk): void {
  listenToDrops(desk);
  const wanted = new URLSearchParams(location.hash.slice(1)).get("open");
  if (wanted === null) desk.dispatch({ kind: "overlaid", overlay: "gallery" });
  else void fetchAndOpen(desk, wanted.split(","));
}

/** Recordings by their addresses: `npm run viz -- FILE` names those that it serves. Only from where the page itself comes. */
async function fetchAndOpen(desk: Desk, addresses: readonly string[]): Promise<void> {
  try {
    const recordings = await Promise.all(addresses.map(async (address) => {
      const url = new URL(address, location.href);
      if (url.origin !== location.origin) throw new Error(`${address} is not on this site`);
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
      return { name: decodeURIComponent(url.pathname.split("/").at(-1) ?? address), blob: await response.blob() };
    }));
    await open(desk, recordings);
  } catch (error) {
    desk.dispatch({ kind: "noticed", notice: { kind: "error", text: error instanceof Error ? error.message : String(error) } });
  }
}

function listenToDrops(desk: Desk): void {
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    const recordings = [...(event.dataTransfer?.files ?? [])].map((file) => ({ name: file.name, blob: file }));
    if (recordings.length > 0) void open(desk, recordings);
  });
}
