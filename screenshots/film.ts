/** How long one picture of the film stays. */
const PICTURE_SECONDS = 1.6;

/** Several pictures of one size as one SVG that shows them in turn; where nothing is animated, the last one stays. */
export function filmOf(pictures: readonly string[]): string {
  const [first = ''] = pictures;
  const opening = /<svg [^>]*>/.exec(first)?.[0] ?? '';
  const inside = pictures.map((svg) => svg.slice(svg.indexOf(opening) + opening.length, svg.lastIndexOf('</svg>')));
  const share = 100 / pictures.length;
  const style = `.p{visibility:hidden;animation:p ${pictures.length * PICTURE_SECONDS}s step-end infinite}
@keyframes p{0%{visibility:visible}${share.toFixed(3)}%{visibility:hidden}}
.p:last-of-type{visibility:visible}
@media (prefers-reduced-motion:reduce){.p{animation:none}}`;
  const groups = inside.map(
    (content, index) =>
      `<g class="p" style="animation-delay:${((index - pictures.length) * PICTURE_SECONDS).toFixed(2)}s">${withoutTitle(content)}</g>`,
  );
  const title = /<title>.*?<\/title>/s.exec(first)?.[0] ?? '';
  return `<?xml version="1.0" encoding="UTF-8"?>\n${opening}\n${title}\n<style>${style}</style>\n${groups.join('\n')}\n</svg>\n`;
}

function withoutTitle(svg: string): string {
  return svg.replace(/<title>.*?<\/title>/s, '');
}
