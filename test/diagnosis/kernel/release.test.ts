import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseKernelRelease } from '../../../src/diagnosis/kernel/release.ts';
import { evaluateKernel } from '../../../src/diagnosis/kernel/verdict.ts';
import { RELEASES } from './releases.ts';

test('a RHEL build is read up to the package tag', () => {
  expect(parseKernelRelease('4.18.0-147.8.1.el8_1.x86_64')).toMatchObject({
    base: [4, 18, 0],
    build: [147, 8, 1],
    rhelMajor: '8',
  });
  expect(parseKernelRelease('4.18.0-193.rt13.51.el8.x86_64')).toMatchObject({ family: 'rhel', build: [193] });
});

test('an elrepo kernel is a mainline kernel, although it is packaged for RHEL 7', () => {
  const release = parseKernelRelease('4.4.227-1.el7.elrepo.x86_64', 'centos');
  expect(release).toMatchObject({ family: 'elrepo', lineage: 'mainline', base: [4, 4, 227], build: [] });
  expect(release.rhelMajor).toBeUndefined();
});

test('a foreign kernel packaged for el8 is not taken for the RHEL kernel', () => {
  expect(parseKernelRelease('5.10.209-1.el8.x86_64').family).toBe('other');
});

test('the trailing line end of the file is no part of the release', () => {
  expect(parseKernelRelease('5.4.0-42-generic\n')).toMatchObject({ text: '5.4.0-42-generic', family: 'ubuntu' });
});

test('what the string leaves open is told, and os-release settles it', () => {
  expect(parseKernelRelease('5.10.135').ambiguity).toContain('Bottlerocket');
  expect(parseKernelRelease('5.10.135', 'Bottlerocket')).toMatchObject({ family: 'bottlerocket' });
  expect(parseKernelRelease('5.10.135', 'debian').ambiguity).toBeUndefined();
  expect(parseKernelRelease('5.4.49+').ambiguity).toContain('by hand');
  expect(parseKernelRelease('5.4.49+', 'cos').ambiguity).toBeUndefined();
});

test('a release candidate is recognised in the forms of mainline, Ubuntu and Fedora', () => {
  expect(parseKernelRelease('5.2.0-rc4')).toMatchObject({ family: 'mainline', candidate: true });
  expect(parseKernelRelease('5.2.0-050200rc4-generic')).toMatchObject({ family: 'mainline', candidate: true });
  expect(parseKernelRelease('5.3.0-0.rc3.git0.1.fc31.x86_64')).toMatchObject({ family: 'fedora', candidate: true });
  expect(parseKernelRelease('5.2.0')).toMatchObject({ candidate: false });
});

test.each([
  ['', 'empty'],
  ['   \n', 'empty'],
  ['garbage', 'version number'],
  ['el7', 'version number'],
  ['4', 'version number'],
  ['.4.4', 'version number'],
  ['4.4.155.1.2.3', 'version number'],
  ['999999999999.4', 'version number'],
  ['0.0.0', 'no version 0'],
  ['42.1.0', 'no version 42'],
  ['4.4.\u001b[31m155', 'unprintable'],
  ['4.4.155\u0000', 'unprintable'],
  [`4.4.155-${'x'.repeat(80)}`, '64 characters'],
])('%j is unknown, with the reason', (text, reason) => {
  const verdict = evaluateKernel(parseKernelRelease(text));
  expect(verdict.release.family).toBe('unknown');
  for (const item of Object.values(verdict.items)) {
    expect(item.status).toBe('unknown');
    expect(item.reason).toContain(reason);
  }
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc
    .tuple(
      fc.constantFrom(...RELEASES.map(({ release }) => release)),
      fc.nat(64),
      fc.string({ unit: 'binary', maxLength: 8 }),
    )
    .map(([release, at, noise]) => release.slice(0, at) + noise + release.slice(at)),
);

test('whatever the text, there is an answer, printable and with a reason', () => {
  fc.assert(
    fc.property(anyText, fc.option(fc.string({ unit: 'binary' }), { nil: undefined }), (text, osId) => {
      const verdict = evaluateKernel(parseKernelRelease(text, osId));
      expect(verdict.release.text).toMatch(/^[\x20-\x7e]{0,64}$/);
      for (const item of Object.values(verdict.items)) {
        expect(item.reason).toMatch(/^[\x20-\x7e]+$/);
        if (isMissing(verdict.release.base)) expect(item.status).toBe('unknown');
      }
    }),
  );
});
