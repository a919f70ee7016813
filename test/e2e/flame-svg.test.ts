import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeFlameSvg } from '../../src/exports/flame-svg.ts';
import { deriveCallTree } from '../../src/profile/call-tree.ts';
import { hasChromium, openInChromium, type Page } from '../support/chromium.ts';
import { makeFolder } from '../support/cleanup.ts';
import { decoded } from '../support/decoded.ts';
import { capturedProfile, type MadeStack, madeProfile } from '../support/profiles.ts';

const { path: folder, remove } = makeFolder(tmpdir(), 'flame');
afterAll(remove);

if (!hasChromium()) console.log('SKIP test/e2e/flame-svg: no /usr/bin/chromium (Debian package chromium)');

describe.skipIf(!hasChromium())('the flame graph of the captured profile in Chromium', () => {
  let page: Page;
  beforeAll(async () => {
    page = await open('captured.svg', capturedProfile());
  });
  afterAll(() => page.close());

  test('opens without asking for anything else', async () => {
    expect(await page.evaluate('document.documentElement.tagName')).toBe('svg');
    expect(await shown(page)).toBeGreaterThan(200);
    expect(page.requested).toEqual([pathToFileURL(join(folder, 'captured.svg')).href]);
    expect(page.errors).toEqual([]);
  });

  test('a frame is named with its share while the mouse is on it', async () => {
    const title = await page.evaluate(`${frame('housekeeping')}.querySelector('title').textContent`);
    expect(title).toMatch(/manager\.\(\*containerData\)\.housekeeping \(57\.4 %\)$/);
    await page.evaluate(`${frame('housekeeping')}.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))`);
    expect(await text(page, 'details')).toBe(title);
  });

  test('/ searches, the share of what matches is told, Esc clears', async () => {
    await page.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('search');
    await page.type('MemoryGroup');
    expect(await text(page, 'found')).toMatch(/^\d+ frames match, 31\.9 % of the time$/);
    expect(await page.evaluate(`${frame('GetStats', 'MemoryGroup')}.classList.contains('hit')`)).toBe(true);
    await page.press('Escape');
    expect(await text(page, 'found')).toBe(' ');
    expect(await page.evaluate(`document.querySelectorAll('.hit').length`)).toBe(0);
  });

  test('what is no regular expression is searched as plain text', async () => {
    await page.press('/');
    await page.type('(*containerData');
    expect(await text(page, 'found')).toMatch(/^[1-9]\d* frames match/);
    await page.press('Escape');
  });

  test('a click zooms to the full width, Esc shows all again', async () => {
    const before = await shown(page);
    const place = await page.evaluate(
      `(({ x, y, width }) => [x + Math.min(5, width / 2), y + 8])(${frame('housekeeping')}.querySelector('rect').getBoundingClientRect())`,
    );
    const [x, y] = place as [number, number];
    await page.click(x, y);
    expect(await width(page, 'housekeeping')).toBeCloseTo(1180, 0);
    expect(await shown(page)).toBeLessThan(before);
    expect(await page.evaluate(`${frame('housekeeping')}.querySelector('text').textContent`)).toContain('housekeeping');
    await page.press('Escape');
    expect(await width(page, 'housekeeping')).toBeCloseTo(1180 * 0.574, -1);
    expect(await shown(page)).toBe(before);
  });

  test('arrows choose, Enter zooms, Backspace goes back by one caller', async () => {
    await page.evaluate(`${frame('housekeeping')}.dispatchEvent(new MouseEvent('click', { bubbles: true }))`);
    await page.press('ArrowDown');
    expect(await text(page, 'details')).toMatch(/housekeepingTick/);
    await page.press('Enter');
    expect(await width(page, 'housekeepingTick')).toBeCloseTo(1180, 0);
    await page.press('Backspace');
    expect(await width(page, 'housekeepingTick')).toBeLessThan(1179);
    expect(await width(page, 'housekeeping')).toBeCloseTo(1180, 0);
    await page.evaluate(`document.getElementById('reset').click()`);
    expect(await width(page, 'housekeeping')).toBeLessThan(700);
  });

  test('a picture of it is a picture', async () => {
    const picture = await page.picture();
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect(picture.length).toBeGreaterThan(10_000);
  });
});

test.skipIf(!hasChromium())('names that look like markup stay text, and run nothing', async () => {
  const nasty: MadeStack = [
    [
      '</title><script>window.stolen = 1</script>',
      'a"onload="window.stolen=2',
      ']]><b>&amp;',
      'bell\u0007\u202emosaic\ufffe',
    ],
    10,
  ];
  const page = await open('nasty.svg', madeProfile([nasty]));
  try {
    expect(page.errors).toEqual([]);
    expect(await page.evaluate(`document.querySelector('parsererror') === null && typeof window.stolen`)).toBe(
      'undefined',
    );
    expect(await page.evaluate(`document.querySelectorAll('script').length`)).toBe(1);
    const titles = await page.evaluate(
      `Array.from(document.querySelectorAll('.f title'), (title) => title.textContent)`,
    );
    expect(titles).toEqual([
      'all (100.0 %)',
      '</title><script>window.stolen = 1</script> (100.0 %)',
      'a"onload="window.stolen=2 (100.0 %)',
      ']]><b>&amp; (100.0 %)',
      'bell\ufffd\ufffdmosaic\ufffd (100.0 %, itself 100.0 %)',
    ]);
  } finally {
    await page.close();
  }
});

async function open(name: string, profile: Uint8Array): Promise<Page> {
  const svg = encodeFlameSvg(deriveCallTree(decoded(profile)), { title: 'kubelet: CPU', notes: ['<a note>'] });
  writeFileSync(join(folder, name), svg);
  return await openInChromium(pathToFileURL(join(folder, name)).href);
}

/** The outermost frame whose title has `.NAME (`, and `also`. */
function frame(name: string, also = ''): string {
  return `Array.from(document.querySelectorAll('.f')).find(({ firstElementChild: { textContent } }) => textContent.includes('.${name} (') && textContent.includes('${also}'))`;
}

async function shown(page: Page): Promise<number> {
  return Number(
    await page.evaluate(
      `Array.from(document.querySelectorAll('.f')).filter((one) => one.style.display !== 'none').length`,
    ),
  );
}

async function text(page: Page, id: string): Promise<unknown> {
  return await page.evaluate(`document.getElementById('${id}').textContent`);
}

async function width(page: Page, name: string): Promise<number> {
  return Number(await page.evaluate(`${frame(name)}.querySelector('rect').getAttribute('width')`));
}
