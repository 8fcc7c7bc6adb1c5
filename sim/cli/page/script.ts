/** The page's script: a click on a run opens it in the viewer, at the address that the reader enters. */

/** JavaScript for browsers. Its data is in the page, as JSON. */
export const script = `
"use strict";
(() => {
  const { carried, columns, runs } = JSON.parse(document.getElementById("runs-data").textContent);
  const viewer = document.getElementById("viewer"), says = document.getElementById("strip-says"), strip = document.getElementById("strip");
  const number = document.getElementById("run-number"), links = document.querySelectorAll("a[data-run]");
  async function addressOf(run) {
    const text = new TextEncoder().encode(JSON.stringify([{ ...carried, run }]));
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    let letters = "";
    for (const byte of new Uint8Array(await new Response(stream).arrayBuffer())) letters += String.fromCharCode(byte);
    return viewer.value + "#x=" + btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  }
  const visit = async (run) => window.open(await addressOf(run), "_blank", "noopener");
  function pointedAt(event) {
    const box = strip.getBoundingClientRect(), view = strip.viewBox.baseVal, size = (view.width - 1) / columns;
    const column = Math.floor(((event.clientX - box.left) / box.width) * view.width / size), row = Math.floor(((event.clientY - box.top) / box.height) * view.height / size);
    return column < 0 || column >= columns ? undefined : runs[row * columns + column];
  }
  strip.addEventListener("pointermove", (event) => {
    const pointed = pointedAt(event);
    if (pointed === undefined) return;
    const [run, worst, censored, alarms] = pointed;
    says.textContent = "run " + run + ": " + (worst === null ? "no disruption, or never in agreement" : "agreed within " + worst + " s") + ", " + censored + " censored, " + alarms + " false positives";
  });
  strip.addEventListener("click", (event) => { const pointed = pointedAt(event); if (pointed !== undefined) visit(pointed[0]); });
  document.getElementById("open-run").addEventListener("submit", (event) => { event.preventDefault(); visit(Number(number.value)); });
  viewer.addEventListener("change", () => { for (const link of links) link.href = viewer.value + link.hash; });
})();
`;
