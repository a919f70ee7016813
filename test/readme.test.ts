import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readmeSections, withSections } from './support/readme-sections.ts';

const README = new URL('../README.md', import.meta.url);
const text = readFileSync(README, 'utf8');

test('the tables of README are those that the code makes (npm run readme makes them again)', () => {
  expect(withSections(text, readmeSections())).toBe(text);
});

test('every picture and script that README names is there', () => {
  for (const [, picture = ''] of text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)) {
    expect(existsSync(new URL(picture, README)), picture).toBe(true);
  }
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  for (const [, script = ''] of text.matchAll(/npm run ([\w:]+)/g)) expect(scripts, script).toHaveProperty([script]);
});
