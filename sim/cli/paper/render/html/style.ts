/** The style of the comparison, beyond that of all pages: colours for ours and theirs. */

import { baseStyle } from "../../../markup/style.ts";

export const style = `${baseStyle}
:root { --ours-0: #1f6feb; --ours-1: #0f9d94; --ours-2: #7c4dcc; --ours-3: #23395d; --theirs-0: #d97706; --theirs-1: #b4443c; --theirs-2: #9a7b1a; --theirs-3: #7a5230; --theory: #8a9299; }
@media (prefers-color-scheme: dark) { :root { --ours-0: #6ea8ff; --ours-1: #4fd1c5; --ours-2: #b197fc; --ours-3: #a5c4ff; --theirs-0: #f5a742; --theirs-1: #ef8a80; --theirs-2: #d9bd55; --theirs-3: #c89b6d; --theory: #7f898e; } }
nav ul { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .25rem 1.5rem; }
nav li { display: flex; justify-content: space-between; border-bottom: 1px solid var(--line); }
.heading { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; flex-wrap: wrap; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1.2rem; margin: 1.2rem 0; }
td .theirs { color: var(--faint); } td.shown { color: var(--faint); }
.mark { display: inline-block; width: 1.1em; font-weight: 700; } .strip { width: 64px; height: 12px; vertical-align: middle; margin-left: .5rem; }
.strip .accepted { fill: var(--line); } .strip .published { stroke: var(--theirs-0); stroke-width: 2; } .strip .pass { fill: var(--pass); } .strip .miss { fill: var(--miss); }
.notes { font-size: .88rem; margin: .4rem 0 0; padding-left: 1.1rem; max-width: 46rem; }
.chart { width: 100%; height: auto; display: block; } .chart text { font: 11px system-ui, sans-serif; fill: var(--faint); } .chart .name { font-style: italic; } .chart .small { font-size: 9px; } .chart .value { font-size: 9px; fill: var(--ink); }
.chart .grid { stroke: var(--line); } .chart .tick { stroke: var(--faint); } .chart .line { fill: none; stroke: var(--hue); stroke-width: 2; stroke-linejoin: round; } .chart .dots { fill: var(--hue); stroke: var(--hue); } .chart .bar { fill: var(--hue); }
.ours-0 { --hue: var(--ours-0); } .ours-1 { --hue: var(--ours-1); } .ours-2 { --hue: var(--ours-2); } .ours-3 { --hue: var(--ours-3); }
.theirs-0 { --hue: var(--theirs-0); } .theirs-1 { --hue: var(--theirs-1); } .theirs-2 { --hue: var(--theirs-2); } .theirs-3 { --hue: var(--theirs-3); } [class*="theory-"] { --hue: var(--theory); }
.chart .dots[class*="theirs-"] { fill: none; stroke-width: 1.6; } .chart .line[class*="theory-"] { stroke-width: 1.3; stroke-dasharray: 5 3; } .chart .theory-1 { stroke-dasharray: 2 3; }
@media print { section { break-before: page; } }
`;
