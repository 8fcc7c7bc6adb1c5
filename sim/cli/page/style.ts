/** The style of reports beyond that of all pages. The hues are those of Okabe and Ito (2008), darker or lighter where needed: they can be told apart with any kind of colour vision. */

import { baseStyle } from "../markup/style.ts";

export const style = `${baseStyle}
:root { --hue-0: #0067a5; --hue-1: #c2500a; --hue-2: #007a5a; --hue-3: #9a4f87; --band: #e6e4da;
  --step-0: #dcebf5; --step-1: #a9cde6; --step-2: #6aa5cf; --step-3: #2f74ad; --step-4: #0b3f6f; --on-0: #14202a; --on-1: #14202a; --on-2: #14202a; --on-3: #ffffff; --on-4: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --hue-0: #5db4ee; --hue-1: #f0a04b; --hue-2: #46c79d; --hue-3: #dd9bcb; --band: #2b2f2a;
  --step-0: #1d2f3d; --step-1: #24506f; --step-2: #3a7fae; --step-3: #72b3dd; --step-4: #cfe8fa; --on-0: #e4e8e8; --on-1: #e4e8e8; --on-2: #ffffff; --on-3: #10181d; --on-4: #10181d; } }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; } nav { border-bottom: 1px solid var(--line); }
figure { margin: 1rem 0 .4rem; overflow-x: auto; } figure svg { display: block; width: 100%; height: auto; min-width: 34rem; color: var(--ink); overflow: visible; }
figure svg.strip { min-width: 0; cursor: pointer; } .strip .cross { stroke: var(--ink); stroke-width: 1.4; fill: none; } .strip .alarm { fill: var(--hue-1); stroke: var(--page); stroke-width: .7; } .strip .blank { fill: var(--line); }
.step-0 { fill: var(--step-0); } .step-1 { fill: var(--step-1); } .step-2 { fill: var(--step-2); } .step-3 { fill: var(--step-3); } .step-4 { fill: var(--step-4); }
svg text, svg tspan { white-space: pre; }
.sign { display: inline-block; width: 1.7em; height: 0; margin-right: .45em; vertical-align: .25em; border-top: 2.5px solid var(--hue); } .sign.dashed { border-top-style: dashed; } .sign.dotted { border-top-style: dotted; }
.sign.area, .sign.band, .sign.cell { height: .8em; width: 1.1em; border: 1px solid var(--faint); background: var(--hue); vertical-align: -.05em; } .sign.area { opacity: .4; }
.sign.mark, .sign.triangle, .sign.stroke { width: auto; border: 0; line-height: 0; vertical-align: baseline; color: var(--hue); font-weight: 700; } .sign.mark::before { content: "+"; } .sign.triangle::before { content: "▲"; } .sign.stroke::before { content: "╲"; }
.small { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 0 1.5rem; } .small > div { min-width: 0; } .small figure svg { min-width: 26rem; }
details { margin: .4rem 0; } summary { cursor: pointer; color: var(--faint); } details .wide { max-height: 26rem; overflow: auto; margin-top: .4rem; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .8rem 0; } .facts dt { color: var(--faint); } .facts dd { margin: 0; overflow-wrap: anywhere; }
.unknown { color: var(--hue-1); } pre { background: var(--panel); padding: .8rem; border-radius: 8px; overflow-x: auto; font-size: .85rem; line-height: 1.45; }
form { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: baseline; margin: .6rem 0; } input, button { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--faint); border-radius: 4px; padding: .1rem .5rem; } #viewer { width: 20rem; } #run-number { width: 7rem; }
output { display: block; min-height: 1.5em; color: var(--faint); } td.why { white-space: normal; } :focus-visible { outline: 2px solid var(--hue-0); outline-offset: 2px; }
@media print { :root { color-scheme: light; } section { margin-top: 1.4rem; break-inside: auto; } h2, .about { break-after: avoid; } form, output, details:not([open]) { display: none; } figure svg { min-width: 0; } table { font-size: 8.5pt; } th, td { padding-right: .5rem; white-space: normal; } pre { white-space: pre-wrap; } }
`;
