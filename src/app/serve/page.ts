/** What the page shows: texts and a picture that are made already. */
export interface PageContent {
  readonly nodeName: string;
  readonly verdict: string;
  /** The report of `--once`, as plain text. */
  readonly report: string;
  /** The Overview as SVG, with its XML declaration. */
  readonly overview: string;
  readonly links: readonly { readonly path: string; readonly title: string }[];
  /** So often a browser asks again, in seconds. */
  readonly refreshSeconds: number;
}

/** A page without script or anything from elsewhere, readable in any browser and at any width. */
export function encodePage({ nodeName, verdict, report, overview, links, refreshSeconds }: PageContent): string {
  const list = links.map(({ path, title }) => `<li><a href="${escapeHtml(path)}">${escapeHtml(title)}</a></li>`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${refreshSeconds}">
<title>${escapeHtml(nodeName)}: slabtop-k8s</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${escapeHtml(nodeName)}</h1><p class="verdict">${escapeHtml(verdict)}</p></header>
<main>
<figure>${overview.replace(/^<\?xml[^>]*\?>\s*/, '')}</figure>
<h2>Report</h2>
<pre>${escapeHtml(report)}</pre>
</main>
<nav><ul>${list.join('')}</ul></nav>
</body>
</html>
`;
}

const STYLE = `
:root{color-scheme:dark}
*{box-sizing:border-box}
body{margin:0 auto;max-width:100rem;padding:1rem;background:#111417;color:#d0d0d0;font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.4rem;margin:0}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
.verdict{font-size:1.1rem;color:#eaeaea;margin:.25rem 0 1rem}
figure{margin:0;overflow-x:auto}figure svg{display:block;width:100%;height:auto;min-width:44rem}
pre{font:13px/1.4 "DejaVu Sans Mono",Menlo,Consolas,monospace;overflow-x:auto;background:#0b0d0f;padding:.75rem;border-radius:4px}
a{color:#8abeb7}ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.5rem 1.5rem}
`.trim();

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
