import { expect, test } from 'vitest';
import { encodeFlameSvg } from '../../src/exports/flame-svg.ts';
import { FLAME_SCRIPT } from '../../src/exports/flame-svg-script.ts';
import { type CallTree, deriveCallTree } from '../../src/profile/call-tree.ts';
import { decoded } from '../support/decoded.ts';
import { capturedProfile, syntheticProfile } from '../support/profiles.ts';

const TEXT = { title: 'kubelet: 470 ms of CPU', notes: ['57 % in housekeeping'] };
const captured = deriveCallTree(decoded(capturedProfile()));

test('every frame of a small profile is drawn, with its name, its share and its kind', () => {
  const svg = encodeFlameSvg(captured, TEXT);
  expect(svg.match(/<g class="f /g)).toHaveLength(captured.size);
  expect(svg).toContain('57 % in housekeeping');
  expect(svg).toContain('MemoryGroup).GetStats (29.8 %)</title>');
  expect(svg).not.toContain('are left out');
});

test('nothing is loaded from elsewhere, and the script is the same for every profile', () => {
  const svg = encodeFlameSvg(captured, TEXT);
  expect(svg.match(/https?:\/\/[^"' ]+/g)?.filter((address) => !address.startsWith('http://www.w3.org/'))).toEqual([]);
  expect(svg).not.toMatch(/href=|src=|url\(|@import/);
  expect(svg).toContain(`<script><![CDATA[${FLAME_SCRIPT}]]></script>`);
  expect(FLAME_SCRIPT).not.toContain(']]>');
  expect(FLAME_SCRIPT).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|eval\(/);
});

test('in a very large profile narrow frames are left out, and the picture says how many', () => {
  const bushy: CallTree = deriveCallTree(decoded(syntheticProfile({ samples: 5_000, depth: 30 })));
  const svg = encodeFlameSvg(bushy, TEXT);
  const frames = svg.match(/<g class="f /g)?.length ?? 0;
  expect(frames).toBeGreaterThan(100);
  expect(frames).toBeLessThanOrEqual(15_000);
  expect(svg).toMatch(
    />\d+ frames narrower than 0\.\d+ % are left out with what they call; \d+\.\d % of the time lies in them</,
  );
});

test('a title longer than the picture is cut in it, not in the file', () => {
  const title = 'x'.repeat(300);
  const svg = encodeFlameSvg(captured, { title, notes: [] });
  expect(svg).toContain(`<title>${title}</title>`);
  expect(svg).toContain(`>${'x'.repeat(88)}..</text>`);
});
