import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { makeFolder } from './cleanup.ts';

const CHROMIUM = '/usr/bin/chromium';

/** Whether Debian's package `chromium` is here. */
export function hasChromium(): boolean {
  return existsSync(CHROMIUM);
}

/** One page in a headless Chromium of its own. */
export interface Page {
  /** The value of an expression in the page; it must be data. */
  evaluate(expression: string): Promise<unknown>;
  click(x: number, y: number): Promise<void>;
  /** Presses a key by its DOM name (`Escape`, `ArrowDown`, `/`). */
  press(key: string): Promise<void>;
  /** Types into what has the focus. */
  type(text: string): Promise<void>;
  /** A PNG of what is seen. */
  picture(): Promise<Buffer>;
  /** Every address that the page asked for, itself included. */
  readonly requested: readonly string[];
  /** What the page's script threw. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

/** Opens an address in Chromium, driven through its DevTools pipe (descriptors 3 and 4), and waits until it is loaded. */
export async function openInChromium(address: string, size = { width: 1240, height: 900 }): Promise<Page> {
  const { path: folder, remove } = makeFolder(tmpdir(), 'chromium');
  const chromium = spawn(
    CHROMIUM,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      `--user-data-dir=${folder}`,
      `--window-size=${size.width},${size.height}`,
      '--remote-debugging-pipe',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true },
  );
  const devtools = new DevTools(chromium);
  const requested: string[] = [];
  const errors: string[] = [];
  const close = async () => {
    await ended(chromium, devtools);
    remove();
  };
  try {
    const { targetId } = await devtools.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await devtools.send('Target.attachToTarget', { targetId, flatten: true });
    const send = (method: string, params: object = {}) => devtools.send(method, params, String(sessionId));
    devtools.on('Network.requestWillBeSent', (params) => requested.push(textAt(params, 'request', 'url')));
    devtools.on('Runtime.exceptionThrown', (params) => errors.push(textAt(params, 'exceptionDetails', 'text')));
    for (const domain of ['Page', 'Network', 'Runtime']) await send(`${domain}.enable`);
    const loaded = devtools.once('Page.loadEventFired');
    await send('Page.navigate', { url: address });
    await loaded;
    return {
      requested,
      errors,
      close,
      evaluate: async (expression) => {
        const answer = await send('Runtime.evaluate', { expression, returnByValue: true });
        if ('exceptionDetails' in answer) throw new Error(JSON.stringify(answer.exceptionDetails));
        return valueAt(answer, 'result', 'value');
      },
      click: async (x, y) => {
        const mouse = { x, y, button: 'left', clickCount: 1 };
        for (const type of ['mousePressed', 'mouseReleased'])
          await send('Input.dispatchMouseEvent', { type, ...mouse });
      },
      press: async (key) => {
        for (const type of ['keyDown', 'keyUp']) await send('Input.dispatchKeyEvent', { type, key });
      },
      type: async (text) => {
        await send('Input.insertText', { text });
      },
      picture: async () => Buffer.from(String((await send('Page.captureScreenshot')).data), 'base64'),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Asks Chromium to end, and ends its whole process group if it has not: its children write into its folder. */
async function ended(chromium: ChildProcess, devtools: DevTools): Promise<void> {
  if (chromium.pid === undefined || chromium.exitCode !== null || chromium.signalCode !== null) return;
  const gone = new Promise((resolve) => chromium.once('exit', resolve));
  const patience = setTimeout(() => killGroup(chromium.pid), 5_000);
  // The answer may be lost with the pipe; the exit is what counts.
  devtools.send('Browser.close', {}).catch(() => undefined);
  await gone;
  clearTimeout(patience);
  killGroup(chromium.pid);
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: nobody of the group is left, which is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

type Message = Readonly<Record<string, unknown>>;

/** The DevTools protocol over a pipe: JSON messages that end in NUL. */
class DevTools {
  readonly #toBrowser: Writable;
  readonly #answers = new Map<number, { resolve: (result: Message) => void; reject: (error: Error) => void }>();
  readonly #listeners: { readonly event: string; readonly hear: (params: Message) => void }[] = [];
  #last = 0;
  #rest = '';

  constructor(browser: ChildProcess) {
    const [, , , toBrowser, fromBrowser] = browser.stdio;
    this.#toBrowser = toBrowser as Writable;
    (fromBrowser as Readable).setEncoding('utf8').on('data', (text: string) => this.#receive(text));
    const fail = (why: string) => {
      for (const { reject } of this.#answers.values()) reject(new Error(why));
      this.#answers.clear();
    };
    this.#toBrowser.on('error', (error) => fail(error.message));
    browser.once('error', (error) => fail(error.message));
    browser.once('exit', (code, signal) => fail(`chromium ended (${code ?? signal})`));
  }

  send(method: string, params: object, sessionId?: string): Promise<Message> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#answers.set(id, { resolve, reject });
      this.#toBrowser.write(
        `${JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) })}\0`,
      );
    });
  }

  on(event: string, hear: (params: Message) => void): void {
    this.#listeners.push({ event, hear });
  }

  once(event: string): Promise<void> {
    return new Promise((resolve) => this.on(event, () => resolve()));
  }

  #receive(text: string): void {
    const messages = (this.#rest + text).split('\0');
    this.#rest = messages.pop() ?? '';
    for (const message of messages) this.#take(JSON.parse(message));
  }

  #take(message: {
    id?: number;
    result?: Message;
    error?: { message: string };
    method?: string;
    params?: Message;
  }): void {
    const answer = message.id === undefined ? undefined : this.#answers.get(message.id);
    if (message.id !== undefined) this.#answers.delete(message.id);
    if (message.error !== undefined) answer?.reject(new Error(message.error.message));
    else answer?.resolve(message.result ?? {});
    for (const { event, hear } of this.#listeners) if (event === message.method) hear(message.params ?? {});
  }
}

function valueAt(from: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    from,
  );
}

function textAt(from: unknown, ...path: readonly string[]): string {
  return String(valueAt(from, ...path));
}
