/** Flags whose values are nobody's business: command lines go into recordings and tickets. */
const SECRET_FLAG = /^(--?[\w-]*(?:token|password|secret)[\w-]*)(?:=.*)?$/is;

/** Stands for a value that was left out. */
const LEFT_OUT = '...';

/** The arguments of a process without the values of flags that may hold a secret. What was left out stays out. */
export function withoutSecrets(words: readonly string[]): string[] {
  return words.map((word, index) => {
    const flag = SECRET_FLAG.exec(word);
    if (flag !== null) return word.includes('=') ? `${flag[1]}=${LEFT_OUT}` : word;
    const before = words[index - 1];
    const isValue = before !== undefined && !before.includes('=') && SECRET_FLAG.test(before) && !word.startsWith('-');
    return isValue && word !== '' ? LEFT_OUT : word;
  });
}
