import { WrongUsage } from '../base/wrong-usage.ts';

/** A report that is printed names what it shows; to think that it does not would be worse than to be told. */
export function refuseRedact({ redact }: { readonly redact?: boolean }): void {
  if (redact) throw new WrongUsage('--redact is for files that go elsewhere; give snapshot --redact -o -');
}
