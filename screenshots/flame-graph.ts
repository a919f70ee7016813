// Makes the picture of the SVG flame graph in Chromium, after the other pictures: npm run screenshots
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { encodeFlameSvg } from '../src/exports/flame-svg.ts';
import { deriveCallTree } from '../src/profile/call-tree.ts';
import { hasChromium, openInChromium } from '../test/support/chromium.ts';
import { makeFolder } from '../test/support/cleanup.ts';
import { decoded } from '../test/support/decoded.ts';
import { capturedProfile } from '../test/support/profiles.ts';

if (!hasChromium()) {
  process.stderr.write('screenshots: /usr/bin/chromium is not there (Debian package chromium)\n');
  process.exit(1);
}
const { path: folder, remove } = makeFolder(tmpdir(), 'picture');
try {
  const svg = join(folder, 'flame.svg');
  const notes = ['a real kubelet 1.20.2 with 150 pod cgroups, 20 s'];
  writeFileSync(svg, encodeFlameSvg(deriveCallTree(decoded(capturedProfile())), { title: 'kubelet 1.20.2', notes }));
  const page = await openInChromium(pathToFileURL(svg).href, { width: 1240, height: 700 });
  writeFileSync(new URL('flame-graph.png', import.meta.url), await page.picture());
  await page.close();
} finally {
  remove();
}
