/** Nothing could be redacted; the message says why. */
export class CannotRedact extends Error {}
