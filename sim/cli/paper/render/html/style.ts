/** How the page looks: by daylight, at night and on paper. */

export const style = `
:root { color-scheme: light dark; --page: #fdfdfb; --ink: #1d2326; --faint: #667077; --line: #dcdfdd; --panel: #f4f5f2; --pass: #1a7f4b; --miss: #c0362c;
  --ours-0: #1f6feb; --ours-1: #0f9d94; --ours-2: #7c4dcc; --ours-3: #23395d; --theirs-0: #d97706; --theirs-1: #b4443c; --theirs-2: #9a7b1a; --theirs-3: #7a5230; --theory: #8a9299; }
@media (prefers-color-scheme: dark) { :root { --page: #15191b; --ink: #e4e8e8; --faint: #98a2a7; --line: #2f3638; --panel: #1c2123; --pass: #4cc38a; --miss: #ff7b6b;
  --ours-0: #6ea8ff; --ours-1: #4fd1c5; --ours-2: #b197fc; --ours-3: #a5c4ff; --theirs-0: #f5a742; --theirs-1: #ef8a80; --theirs-2: #d9bd55; --theirs-3: #c89b6d; --theory: #7f898e; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 2rem 1.25rem 4rem; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.9rem; margin: 0 0 .3rem; } h2 { font-size: 1.35rem; margin: 0; } h3 { font-size: 1rem; margin: 1.6rem 0 .4rem; }
header p, .source, .notes, figcaption, .about { color: var(--faint); } .about { max-width: 46rem; } .about p { margin: .4rem 0; }
code { font: .85em/1.4 ui-monospace, monospace; } a { color: inherit; }
.score { font-weight: 600; } .pass { color: var(--pass); } .miss { color: var(--miss); } .verdict { font-size: 1.15rem; }
nav ul { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .25rem 1.5rem; }
nav li { display: flex; justify-content: space-between; border-bottom: 1px solid var(--line); }
section { margin-top: 3rem; padding-top: 1.2rem; border-top: 2px solid var(--line); }
.heading { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; flex-wrap: wrap; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1.2rem; margin: 1.2rem 0; }
figure { margin: 0; background: var(--panel); border-radius: 8px; padding: .8rem; } figure h3 { margin: 0 0 .4rem; }
figcaption ul { list-style: none; margin: .3rem 0 0; padding: 0; font-size: .85rem; display: flex; flex-wrap: wrap; gap: .1rem 1rem; }
.key { display: inline-block; width: .8em; height: .8em; margin-right: .4em; border-radius: 50%; border: 2px solid var(--hue); } .key.filled { background: var(--hue); } .key.line { border-radius: 0; height: 0; border-width: 0 0 2px; vertical-align: .25em; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .92rem; }
th { text-align: left; font-weight: 600; vertical-align: bottom; } th small { display: block; font-weight: 400; color: var(--faint); }
th, td { padding: .28rem .9rem .28rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; } td .theirs { color: var(--faint); } td.shown { color: var(--faint); }
.mark { display: inline-block; width: 1.1em; font-weight: 700; } .strip { width: 64px; height: 12px; vertical-align: middle; margin-left: .5rem; }
.strip .accepted { fill: var(--line); } .strip .published { stroke: var(--theirs-0); stroke-width: 2; } .strip .pass { fill: var(--pass); } .strip .miss { fill: var(--miss); }
.notes { font-size: .88rem; margin: .4rem 0 0; padding-left: 1.1rem; max-width: 46rem; }
.chart { width: 100%; height: auto; display: block; } .chart text { font: 11px system-ui, sans-serif; fill: var(--faint); } .chart .name { font-style: italic; } .chart .small { font-size: 9px; } .chart .value { font-size: 9px; fill: var(--ink); }
.chart .grid { stroke: var(--line); } .chart .tick { stroke: var(--faint); } .chart .line { fill: none; stroke: var(--hue); stroke-width: 2; stroke-linejoin: round; } .chart .dots { fill: var(--hue); stroke: var(--hue); } .chart .bar { fill: var(--hue); }
.ours-0 { --hue: var(--ours-0); } .ours-1 { --hue: var(--ours-1); } .ours-2 { --hue: var(--ours-2); } .ours-3 { --hue: var(--ours-3); }
.theirs-0 { --hue: var(--theirs-0); } .theirs-1 { --hue: var(--theirs-1); } .theirs-2 { --hue: var(--theirs-2); } .theirs-3 { --hue: var(--theirs-3); } [class*="theory-"] { --hue: var(--theory); }
.chart .dots[class*="theirs-"] { fill: none; stroke-width: 1.6; } .chart .line[class*="theory-"] { stroke-width: 1.3; stroke-dasharray: 5 3; } .chart .theory-1 { stroke-dasharray: 2 3; }
@media print { body { max-width: none; font-size: 10.5pt; padding: 0; } section { break-before: page; } figure, tr, .notes { break-inside: avoid; } nav { display: none; } .wide { overflow: visible; } }
`;
