import fc from 'fast-check';

/**
 * Texts that a parser may meet when something is wrong: a real one cut anywhere, with a piece written over by any
 * characters, with lines out of order, or nothing that any kernel printed.
 */
export function nonsense(real: string): fc.Arbitrary<string> {
  const characters = fc.array(fc.nat(0xffff), { maxLength: 40 }).map((codes) => String.fromCharCode(...codes));
  const any = fc.oneof(characters, fc.constantFrom('\n', ' ', '-1', '9'.repeat(400)));
  const at = fc.nat(real.length);
  return fc.oneof(
    any,
    at.map((end) => real.slice(0, end)),
    fc
      .tuple(at, fc.nat(20), any)
      .map(([start, length, piece]) => real.slice(0, start) + piece + real.slice(start + length)),
    fc.shuffledSubarray(real.split('\n')).map((lines) => lines.join('\n')),
  );
}
