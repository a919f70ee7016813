/** Flags whose values are nobody's business: command lines go into recordings and tickets. */
const SECRET = /token|password|secret/i;

/** Asked apart from {@link SECRET}: one expression for both goes over a long word once for every place in it. */
const FLAG = /^-[\w-]*$/;

/** Stands for a value that was left out. */
const LEFT_OUT = '...';

/** The arguments of a process without the values of flags that may hold a secret. What was left out stays out. */
export function withoutSecrets(words: readonly string[]): string[] {
  return words.map((word, index) => {
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    if (isSecretFlag(name)) return equals < 0 ? word : `${name}=${LEFT_OUT}`;
    const before = words[index - 1];
    const isValue = before !== undefined && isSecretFlag(before) && !word.startsWith('-');
    return isValue && word !== '' ? LEFT_OUT : word;
  });
}

function isSecretFlag(name: string): boolean {
  return FLAG.test(name) && SECRET.test(name);
}
