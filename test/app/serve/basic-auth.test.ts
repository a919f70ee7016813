import { expect, test } from 'vitest';
import { BasicAuth } from '../../../src/app/serve/basic-auth.ts';

const USERS = { prometheus: 'hash-of:secret' };

function header(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
}

/** An authenticator whose comparisons are counted, and whose waiting is noted instead of done. */
function authenticator(compare?: (password: string, hash: string) => Promise<boolean>) {
  const compared: string[] = [];
  const waited: number[] = [];
  const auth = new BasicAuth(
    async (password, hash) => {
      compared.push(password);
      return compare === undefined ? hash === `hash-of:${password}` : compare(password, hash);
    },
    async (milliseconds) => {
      waited.push(milliseconds);
    },
  );
  return { auth, compared, waited };
}

test('the right password is compared once and then remembered', async () => {
  const { auth, compared } = authenticator();
  for (let time = 0; time < 3; time += 1) {
    expect(await auth.admit(header('prometheus', 'secret'), USERS)).toBe('admitted');
  }
  expect(compared).toEqual(['secret']);
});

test('a remembered password is of no use once the hash is another', async () => {
  const { auth } = authenticator();
  await auth.admit(header('prometheus', 'secret'), USERS);
  expect(await auth.admit(header('prometheus', 'secret'), { prometheus: 'hash-of:new' })).toBe('refused');
});

test('a name that there is not takes a comparison like any other, and is refused', async () => {
  const { auth, compared } = authenticator(async () => true);
  expect(await auth.admit(header('nobody', 'secret'), USERS)).toBe('refused');
  expect(await auth.admit(header('constructor', 'secret'), USERS)).toBe('refused');
  expect(compared).toHaveLength(2);
});

test('whoever guesses waits between two guesses', async () => {
  const { auth, waited } = authenticator();
  await auth.admit(header('prometheus', 'a'), USERS);
  await auth.admit(header('prometheus', 'b'), USERS);
  expect(waited.length).toBeGreaterThan(0);
});

test('more guesses than can wait are turned away without a comparison', async () => {
  const held: (() => void)[] = [];
  const { auth, compared } = authenticator(() => new Promise((settle) => held.push(() => settle(false))));
  const answers = Array.from({ length: 12 }, (_, guess) => auth.admit(header('prometheus', `${guess}`), USERS));
  const early = await Promise.race(answers.slice(-1));
  expect(early).toBe('too-many');
  expect(compared.length).toBeLessThanOrEqual(1);
  const drained = setInterval(() => held.shift()?.(), 1);
  const all = await Promise.all(answers);
  clearInterval(drained);
  expect(all.filter((answer) => answer === 'too-many').length).toBe(8);
  expect(all).not.toContain('admitted');
});

test.each([undefined, '', 'Bearer abc', 'Basic', 'Basic !!!', `Basic ${Buffer.from('no-colon').toString('base64')}`])(
  'no credentials in %j: refused without a comparison',
  async (given) => {
    const { auth, compared } = authenticator();
    expect(await auth.admit(given, USERS)).toBe('refused');
    expect(compared).toEqual([]);
  },
);

test('a comparison that fails does not stop the next one', async () => {
  let failing = true;
  const { auth } = authenticator(async (password, hash) => {
    if (failing) throw new Error('no thread');
    return hash === `hash-of:${password}`;
  });
  await expect(auth.admit(header('prometheus', 'secret'), USERS)).rejects.toThrow('no thread');
  failing = false;
  expect(await auth.admit(header('prometheus', 'secret'), USERS)).toBe('admitted');
});
