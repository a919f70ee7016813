import { isMainThread } from 'node:worker_threads';

/**
 * Has a write beyond the limit of file sizes (`ulimit -f`) fail with EFBIG, as every other lack of room does, instead of
 * ending the process by SIGXFSZ (setrlimit(2)).
 */
export function failAtFileSizeLimit(): void {
  if (isMainThread) process.on('SIGXFSZ', () => {});
}
