/** The common style of our pages: in light and dark mode, and on paper. */

export const baseStyle = `
:root { color-scheme: light dark; --page: #fdfdfb; --ink: #1d2326; --faint: #5c666d; --line: #dcdfdd; --panel: #f4f5f2; --pass: #1a7f4b; --miss: #c0362c; }
@media (prefers-color-scheme: dark) { :root { --page: #15191b; --ink: #e4e8e8; --faint: #98a2a7; --line: #2f3638; --panel: #1c2123; --pass: #4cc38a; --miss: #ff7b6b; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 2rem 1.25rem 4rem; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.9rem; margin: 0 0 .3rem; } h2 { font-size: 1.35rem; margin: 0; } h3 { font-size: 1rem; margin: 1.6rem 0 .4rem; }
header p, .source, .notes, figcaption, .about { color: var(--faint); } .about { max-width: 46rem; } .about p { margin: .4rem 0; }
code { font: .85em/1.4 ui-monospace, monospace; } a { color: inherit; }
.score { font-weight: 600; } .pass { color: var(--pass); } .miss { color: var(--miss); } .verdict { font-size: 1.15rem; }
section { margin-top: 3rem; padding-top: 1.2rem; border-top: 2px solid var(--line); }
figure { margin: 0; background: var(--panel); border-radius: 8px; padding: .8rem; } figure h3 { margin: 0 0 .4rem; }
figcaption ul { list-style: none; margin: .3rem 0 0; padding: 0; font-size: .85rem; display: flex; flex-wrap: wrap; gap: .1rem 1rem; }
.key { display: inline-block; width: .8em; height: .8em; margin-right: .4em; border-radius: 50%; border: 2px solid var(--hue); } .key.filled { background: var(--hue); } .key.line { border-radius: 0; height: 0; border-width: 0 0 2px; vertical-align: .25em; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .92rem; }
th { text-align: left; font-weight: 600; vertical-align: bottom; } th small { display: block; font-weight: 400; color: var(--faint); }
th, td { padding: .28rem .9rem .28rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
@media print { body { max-width: none; font-size: 10.5pt; padding: 0; } figure, tr, .notes { break-inside: avoid; } nav { display: none; } .wide { overflow: visible; } }
`;
