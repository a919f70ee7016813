/** The errno of an error that a system call threw; anything else is a mistake of this program and is thrown again. */
export function errnoOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}

/** What errnos of files mean to a person, errno(3); one without a sentence stands for itself. */
const SENTENCES: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EAGAIN: 'the pids limit is reached',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'a file of this name exists',
  EFBIG: 'it would be larger than a file may be',
  EINVAL: 'not a regular file',
  EIO: 'the disk answers with an error',
  EISDIR: 'a folder',
  ELOOP: 'a symbolic link; none is followed',
  EMFILE: 'too many files are open in this process',
  ENAMETOOLONG: 'the name is too long',
  ENFILE: 'too many files are open on this machine',
  ENOENT: 'no such file or folder',
  ENOMEM: 'out of memory',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'part of the path is not a folder',
  EPERM: 'it is not permitted',
  EROFS: 'the file system is read-only',
  ETXTBSY: 'it is being executed',
};

/** An errno as words for the screen and the log: `the disk is full (ENOSPC)`. */
export function errnoSentence(errno: string): string {
  const sentence = SENTENCES[errno];
  return sentence === undefined ? errno : `${sentence} (${errno})`;
}

/**
 * An error that a system call threw, in a sentence that names its file; undefined for any other. Node's own codes
 * (`ERR_...`) are no errnos.
 */
export function systemErrorSentence(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  if (!/^E[A-Z0-9]+$/.test(error.code)) return undefined;
  const what = 'path' in error ? error.path : 'syscall' in error ? error.syscall : undefined;
  return typeof what === 'string' ? `${what}: ${errnoSentence(error.code)}` : errnoSentence(error.code);
}
