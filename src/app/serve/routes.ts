import { type Answer, plain } from './web-server.ts';

/** What can be asked for, by path. `undefined` while there is nothing to tell yet. */
export interface Pages {
  readonly [path: string]: () => Answer;
}

/** Only what looks is answered. A query means nothing, so that nothing can be asked for that costs more. */
const METHODS = ['GET', 'HEAD'];

/** Answers a request by its method and path; every answer is from what is known already. */
export function route(pages: Pages, method: string | undefined, url: string | undefined): Answer {
  if (!METHODS.includes(method ?? '')) return plain(405, 'method not allowed', { Allow: METHODS.join(', ') });
  const path = (url ?? '').split('?', 1)[0] ?? '';
  const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
  return page === undefined ? plain(404, `not found; there are ${Object.keys(pages).join(' ')}`) : page();
}
