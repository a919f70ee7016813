import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { madePages, withSections } from './support/made-pages.ts';

const README = new URL('../README.md', import.meta.url);
const text = readFileSync(README, 'utf8');

test.each(madePages())(
  '$file has the parts that the code makes (npm run pages makes them again)',
  ({ file, sections }) => {
    const page = readFileSync(file, 'utf8');
    expect(withSections(page, sections)).toBe(page);
  },
);

test('README is short enough to be read', () => {
  expect(text.split('\n').length).toBeLessThanOrEqual(250);
});

test('every picture and script that README names is there', () => {
  for (const [, picture = ''] of text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)) {
    expect(existsSync(new URL(picture, README)), picture).toBe(true);
  }
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  for (const [, script = ''] of text.matchAll(/npm run ([\w:]+)/g)) expect(scripts, script).toHaveProperty([script]);
});
