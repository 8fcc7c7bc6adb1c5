/** The style of a space-time diagram, in light and dark mode. */

export const style = `
svg { --page: #fdfdfb; --ink: #1d2326; --faint: #5c666d; --line: #d9dcda; --asks: #0067a5; --relays: #c2500a; --gossip: #6d7a80; --streams: #9a4f87; --bar: #cfe1ee; --bad: #b3261e; font-family: system-ui, sans-serif; font-size: 12px; }
@media (prefers-color-scheme: dark) { svg { --page: #15191b; --ink: #e4e8e8; --faint: #98a2a7; --line: #333a3d; --asks: #5db4ee; --relays: #f0a04b; --gossip: #8b979c; --streams: #dd9bcb; --bar: #24465c; --bad: #ff8a7a; } }
.page { fill: var(--page); } text { fill: var(--ink); } .title { font-size: 15px; font-weight: 600; } .small { font-size: 11px; fill: var(--faint); } .name { font-weight: 600; }
.tick { stroke: var(--line); } .lane { stroke: var(--faint); stroke-width: 1; } .disruption { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 6 3; } .happening { fill: var(--bad); font-size: 11px; font-weight: 600; }
.absent { fill: var(--line); stroke: var(--faint); stroke-dasharray: 3 2; } .absence { fill: var(--ink); }
.probe { fill: var(--bar); stroke: var(--asks); stroke-width: .6; } .probe.failed { stroke: var(--bad); stroke-width: 1.6; stroke-dasharray: 2 2; }
.message { stroke-width: 1.1; fill: none; } .asks { stroke: var(--asks); } .relays { stroke: var(--relays); } .gossip { stroke: var(--gossip); } .streams { stroke: var(--streams); stroke-width: 1.6; }
.back { stroke-dasharray: 5 2; } .message.gossip { stroke-dasharray: 1.5 2; } .gone { opacity: .75; } .lost { stroke: var(--bad); stroke-width: 1.6; fill: none; }
.head { stroke: none; } .head.asks { fill: var(--asks); } .head.relays { fill: var(--relays); } .head.gossip { fill: var(--gossip); } .head.streams { fill: var(--streams); }
.saying text { font-size: 11px; font-weight: 600; paint-order: stroke; stroke: var(--page); stroke-width: 3px; } .saying circle { fill: var(--page); stroke: var(--ink); stroke-width: 1.3; } .saying.failed circle { fill: var(--bad); } .saying.suspected circle { stroke: var(--relays); }
`;
