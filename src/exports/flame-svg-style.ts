/** The style sheet of the SVG flame graph: dark text on pale fills, legible on screens and in print. */
export const FLAME_STYLE = `
text { font: 11px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #1c1f24; white-space: pre; }
.heading { font-size: 15px; font-weight: bold; }
.paper { fill: #ffffff; }
.f { cursor: pointer; }
.f text { pointer-events: none; }
.f rect, .key { stroke: #ffffff; stroke-width: 0.5; }
.all rect { fill: #d9dce1; }
.system-call rect, rect.system-call { fill: #f08a6b; }
.cadvisor rect, rect.cadvisor { fill: #f5c65d; }
.kubelet rect, rect.kubelet { fill: #9cc3ec; }
.runtime rect, rect.runtime { fill: #c3b8dd; }
.other rect, rect.other { fill: #b5d6a7; }
.f.above { opacity: 0.55; }
.f.hit rect { fill: #d43fc0; }
.f.hit text { fill: #ffffff; }
.f:hover rect, .f.chosen rect { stroke: #1c1f24; stroke-width: 1.5; }
.tools { display: flex; gap: 6px; justify-content: flex-end; }
.tools input, .tools button { font: 12px system-ui, sans-serif; height: 24px; box-sizing: border-box; }
.tools input { width: 170px; }
`;
