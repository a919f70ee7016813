import { expect, test } from 'vitest';
import { codeBlock, codeSpan, escapeMarkdown } from '../../src/exports/markdown/escape.ts';

test('a name is a code span whatever stands in it', () => {
  expect(codeSpan('kernfs_node_cache')).toBe('`kernfs_node_cache`');
  expect(codeSpan('a`b')).toBe('``a`b``');
  expect(codeSpan('``x``')).toBe('``` ``x`` ```');
  expect(codeSpan('`')).toBe('`` ` ``');
  expect(codeSpan('<img src=x onerror=alert(1)>')).toBe('`<img src=x onerror=alert(1)>`');
});

test('a pipe in a name does not end its cell, and a control character is not there at all', () => {
  expect(codeSpan('a|b')).toBe('`a\\|b`');
  expect(codeSpan('a\n| b\u001b[31m\u009b\u202ec')).toBe('`a?\\| b?[31m??c`');
});

test('a name of spaces leaves an empty cell, not an open fence', () => {
  expect(codeSpan('')).toBe('');
  expect(codeSpan('   ')).toBe('');
});

test('markup in a sentence is text', () => {
  expect(escapeMarkdown('[x](http://evil) **b** _i_ ~s~ `c` $m$ a|b \\')).toBe(
    '\\[x\\](http:&#8203;//evil) \\*\\*b\\*\\* \\_i\\_ \\~s\\~ \\`c\\` \\$m\\$ a\\|b \\\\',
  );
  expect(escapeMarkdown('<script>&amp;</script>')).toBe('&lt;script&gt;&amp;amp;&lt;/script&gt;');
});

test('nobody is called and nothing is linked', () => {
  expect(escapeMarkdown('@root #12 https://a www.b')).toBe('@&#8203;root \\#&#8203;12 https:&#8203;//a www&#8203;.b');
});

test('a sentence is no list item and no heading', () => {
  expect(escapeMarkdown('- a')).toBe('\\- a');
  expect(escapeMarkdown('+ a')).toBe('\\+ a');
  expect(escapeMarkdown('12. a')).toBe('12\\. a');
  expect(escapeMarkdown('1) a')).toBe('1\\) a');
  expect(escapeMarkdown('# a')).toBe('\\# a');
});

test('numbers stay readable', () => {
  for (const text of ['3.66 s', '+182 MiB/h', '-3.0 MiB', '19,896', '99.1 %']) expect(escapeMarkdown(text)).toBe(text);
});

test('no line ends a code block', () => {
  expect(codeBlock(['a', '```', '````'])).toEqual(['`````', 'a', '```', '````', '`````']);
  expect(codeBlock(['x\u001b[2Jy\nz'], 'text')).toEqual(['```text', 'x?[2Jy?z', '```']);
});
