import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deriveAnswer } from '../../src/profile/answer.ts';
import { deriveCallTree } from '../../src/profile/call-tree.ts';
import { encodeFolded } from '../../src/profile/folded.ts';
import { decodeProfile } from '../../src/profile/pprof.ts';
import { deriveTop } from '../../src/profile/top.ts';
import { decoded } from '../support/decoded.ts';
import { capturedProfile, capturedRaw } from '../support/profiles.ts';

const bytes = (text: string) => Buffer.from(text);

const stackOf = (profile: ReturnType<typeof decoded>, index: number) =>
  [...profile.stacks.frames.slice(profile.stacks.starts[index], profile.stacks.starts[index + 1])].map(
    (frame) => profile.functions[frame],
  );

const sharesOf = (profile: ReturnType<typeof decoded>) =>
  deriveAnswer(profile, deriveCallTree(profile)).paths.map(({ id, share, functions }) => ({
    id,
    share,
    functions: functions.toSorted(),
  }));

describe('go tool pprof -raw', () => {
  test('of the captured kubelet says what the profile itself says', () => {
    const raw = decoded(capturedRaw());
    const pprof = decoded(capturedProfile());
    expect({ ...raw, stacks: undefined, functions: undefined, durationSeconds: undefined }).toEqual({
      ...pprof,
      stacks: undefined,
      functions: undefined,
      durationSeconds: undefined,
      takenAt: expect.closeTo(Date.parse('2026-11-23T11:20:50.198Z'), 0),
    });
    expect(raw.durationSeconds).toBeCloseTo(20, 1);
    expect(deriveTop(deriveCallTree(raw))).toEqual(deriveTop(deriveCallTree(pprof)));
    expect(sharesOf(raw)).toEqual(sharesOf(pprof));
    expect([...raw.stacks.inlined]).toEqual([...pprof.stacks.inlined]);
  });

  test('gzipped and with the line ends of another system it is the same', () => {
    const text = capturedRaw().toString();
    expect(decoded(gzipSync(text.replaceAll('\n', '\r\n')))).toEqual(decoded(bytes(text)));
  });

  test('of a heap, of nothing and of half a file is told with a way out', () => {
    const text = capturedRaw().toString();
    expect(decodeProfile(bytes(text.replace('cpu/nanoseconds', 'inuse_space/bytes')))).toMatchObject({
      problem: 'not-cpu',
    });
    expect(decodeProfile(bytes(text.slice(0, text.indexOf('Locations'))))).toMatchObject({ problem: 'truncated' });
    expect(decodeProfile(bytes('PeriodType: cpu nanoseconds\nSamples:\ncpu/nanoseconds\n'))).toMatchObject({
      problem: 'no-samples',
    });
  });

  test('names with blanks, locations without a name, newer durations', () => {
    const profile = decoded(
      bytes(
        'PeriodType: cpu nanoseconds\nPeriod: 10000000\nDuration: 1m0.5s\nSamples:\nsamples/count[dflt] cpu/nanoseconds\n' +
          '          2   20000000: 1 2 \n                thread:[main]\nLocations\n' +
          '     1: 0x401000 M=1 operator new(unsigned long) /src/new.cc:12:3 s=10()\n     2: 0x402000 M=1 \n' +
          'Mappings\n1: 0x400000/0x500000/0x0 /usr/bin/agent [FN]\n',
      ),
    );
    expect(stackOf(profile, 0)).toEqual(['[agent]', 'operator new(unsigned long)']);
    expect(profile).toMatchObject({ durationSeconds: 60.5, samples: 2, executable: '/usr/bin/agent' });
  });
});

describe('folded stacks', () => {
  test('of our own are the profile that they were made of', () => {
    const tree = deriveCallTree(decoded(capturedProfile()));
    const again = decoded(bytes(encodeFolded(tree)));
    expect(again).toMatchObject({ cpuNanoseconds: 470_000_000, samples: 47, by: 'folded' });
    expect(encodeFolded(deriveCallTree(again))).toBe(encodeFolded(tree));
    expect(sharesOf(again)).toEqual(sharesOf(decoded(capturedProfile())));
  });

  test('of perf show the kernel: a walk over the dying is seen itself, and no system time is missed', () => {
    const profile = decoded(
      bytes(
        'kubelet;k8s.io/kubernetes/pkg/kubelet.Run;syscall.Read;entry_SYSCALL_64_[k];seq_read_[k];memcg_stat_show_[k] 970\n' +
          'kubelet;runtime.main;main.work_[i] 30\n',
      ),
    );
    expect(stackOf(profile, 0).at(-1)).toBe('memcg_stat_show');
    expect(profile).toMatchObject({ samples: 1000, by: 'perf' });
    const answer = deriveAnswer(profile, deriveCallTree(profile));
    expect(answer.program).toBe('kubelet');
    expect(answer.paths.find(({ id }) => id === 'kernel-memory-stat')?.share).toBeCloseTo(0.97);
    expect(answer.warnings).toEqual(['no-unit']);
  });

  test('comments and a torn last line: what is not a stack is told', () => {
    expect(decoded(bytes('# made by a script\na;b 3\n\na;c 4\n'))).toMatchObject({ samples: 7 });
    const torn = `${'a;b 3\n'.repeat(20_000)}a;b`;
    expect(decodeProfile(bytes(torn))).toMatchObject({ problem: 'truncated' });
  });
});

test('perf script that nobody folded is told to be', () => {
  const text =
    'kubelet  1342 [003]  1234.567890:   10101010 cpu-clock:\n\t    ffffffff81234567 memcg_stat_show ([kernel.kallsyms])\n\n';
  expect(decodeProfile(bytes(text))).toMatchObject({
    problem: 'not-folded',
    detail: expect.stringContaining('stackcollapse'),
  });
});

test('never throws, whatever the text', () => {
  const lines = fc.constantFrom(
    'Samples:',
    'Locations',
    'Mappings',
    'samples/count cpu/nanoseconds',
    '  1 2: 3 4',
    '  3: 0x1 M=1 a b:1 s=1',
    'a;b 3',
    '  x',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(lines, fc.string())), (some) => {
      decodeProfile(bytes(`PeriodType: cpu nanoseconds\n${some.join('\n')}`));
      decodeProfile(bytes(some.join('\n')));
    }),
  );
});
