import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commentsOf, sentencesOf } from '../src/packaging/sentences.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const sentences = await sentencesOf(ROOT);

/** Words that are not to come back in what a person reads, and what is said instead. */
const INSTEAD: readonly (readonly [word: RegExp, instead: string])[] = [
  [/\b(?:some|any|every|no)body\b/i, 'name the process, the user or the person; or use the passive'],
  [/\bheld against\b/i, 'threshold'],
  [/\bnot here\b/i, 'n/a, with its reason'],
  [/\bhelps \d/i, 'fix 1'],
  [/\b(?:is|was) told\b/i, 'shows, reports; or a verb that says what is done'],
  [/\bnot told\b/i, 'unknown, not reported'],
  [/\banew\b/i, 'again, from 0'],
  [/\boftener\b/i, 'more often'],
  [/\bby and by\b/i, 'in time'],
  [/\brather\b/i, 'instead'],
  [/so that there is nothing to rule out/i, 'nothing to rule out'],
  [/\bsuffix of its own\b/i, 'a vendor kernel, backports unknown'],
  [/\blooks? (?:at|of)\b|\b(?:of|last|no|first|too few) looks?\b/i, 'sample'],
  [/\bHOW BAD\b/, 'SEVERITY'],
  [/\b(?:can|cannot) be had\b/i, 'available'],
];

test('there are sentences to read', () => {
  expect(sentences.length).toBeGreaterThan(1500);
});

test.each(INSTEAD)('no sentence has %s: say "%s"', (word) => {
  expect(sentences.filter(({ text }) => word.test(text)).map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
});

/** In comments a reader is a colleague, and a few of these words are of use; those that are odd English are not. */
const ODD = INSTEAD.filter(([word]) => /anew|oftener|by and by|held against|had\\b/.test(word.source));

test.each(ODD)('no comment has %s: say "%s"', async (word) => {
  const comments = await commentsOf(ROOT);
  expect(comments.filter(({ text }) => word.test(text)).map(({ file, line }) => `${file}:${line}`)).toEqual([]);
});

test.each(INSTEAD)('README has not %s: say "%s"', (word) => {
  const page = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(page.split('\n').filter((line) => word.test(line))).toEqual([]);
});

/** What a screen shows as one line or wraps at its width; what a file or a reference holds may be longer. */
const ON_SCREEN =
  /^src\/(?:core|host|series|sources|samplers|recording|model|profile|trace|fleet|diagnosis|format|tables|views)\//;

/** Those that only the reference prints. */
const IN_REFERENCE = /^src\/(?:model\/fields|diagnosis\/rules)\//;

const MOST_CHARACTERS = 100;

test('no sentence on screen is longer than 100 characters, without the values in it', () => {
  const long = sentences
    // A command to be copied is as long as it is.
    .filter(
      ({ file, text }) => ON_SCREEN.test(file) && !IN_REFERENCE.test(file) && !/^(?:slabtop-k8s|kubectl) /.test(text),
    )
    .flatMap(({ file, text }) => text.split(/(?<=[.;]) /).map((part) => ({ file, text: part.replaceAll('{}', '') })))
    .filter(({ text }) => text.length > MOST_CHARACTERS);
  expect(long.map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
});
