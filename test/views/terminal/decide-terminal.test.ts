import { expect, test } from 'vitest';
import { decideTerminal } from '../../../src/views/terminal/decide-terminal.ts';

function decide(env: Record<string, string | undefined>, tty: { input?: boolean; output?: boolean } = {}) {
  return decideTerminal({ env, inputIsTty: tty.input ?? true, outputIsTty: tty.output ?? true });
}

test('the first locale variable that says something decides on UTF-8', () => {
  const term = { TERM: 'xterm' };
  expect(decide({ ...term, LANG: 'en_GB.UTF-8' })).toEqual({
    kind: 'usable',
    unicode: true,
    colour: true,
    light: false,
  });
  expect(decide({ ...term, LANG: 'C.utf8' })).toMatchObject({ unicode: true });
  expect(decide({ ...term, LANG: 'en_GB.UTF-8', LC_ALL: 'C' })).toMatchObject({ unicode: false });
  expect(decide({ ...term, LANG: 'C', LC_CTYPE: 'C.UTF-8' })).toMatchObject({ unicode: true });
  expect(decide({ ...term, LANG: 'C.UTF-8', LC_ALL: '' })).toMatchObject({ unicode: true });
  expect(decide(term)).toMatchObject({ unicode: false });
});

test('NO_COLOR counts when it is not empty', () => {
  expect(decide({ TERM: 'xterm', NO_COLOR: '1' })).toMatchObject({ colour: false });
  expect(decide({ TERM: 'xterm', NO_COLOR: '' })).toMatchObject({ colour: true });
});

test('says why there can be no screen', () => {
  expect(decide({ TERM: 'dumb' })).toEqual({ kind: 'unusable', reason: 'TERM=dumb cannot move the cursor' });
  expect(decide({})).toEqual({ kind: 'unusable', reason: 'TERM is not set' });
  expect(decide({ TERM: 'xterm' }, { output: false })).toMatchObject({ reason: 'standard output is not a terminal' });
  expect(decide({ TERM: 'xterm' }, { input: false })).toMatchObject({ reason: 'standard input is not a terminal' });
});
