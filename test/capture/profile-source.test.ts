import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isProblem } from '../../src/capture/problem.ts';
import { isLoopback, isUrl, parseProfileUrl } from '../../src/capture/profile-source.ts';

test('any source is a path, a URL that is fetched, or a problem; what is shown holds no secret', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'http://',
      'https://',
      'user:secret@',
      'localhost',
      ':10250',
      '/',
      '?seconds=',
      '&token=secret',
      '#',
    ),
    fc.constantFrom('[::1]', '127.0.0.1', '%00', '\u001b', '\n', '9'.repeat(20), '5'),
    fc.string({ maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.option(fc.double(), { nil: undefined }), (pieces, seconds) => {
      const source = pieces.join('');
      expect(typeof isUrl(source)).toBe('boolean');
      const parsed = parseProfileUrl(source, seconds);
      if (isProblem(parsed)) return;
      expect(parsed.url.protocol).toMatch(/^https?:$/);
      expect(parsed.seconds).toBeGreaterThan(0);
      expect(parsed.shown).toMatch(/^https?:\/\/[^@/]+\/[^?#\p{Cc}]*\?seconds=\d+$/u);
      expect(typeof isLoopback(parsed.url)).toBe('boolean');
    }),
    { numRuns: 1000 },
  );
});
