/** The errno of an error that a system call threw; anything else is a mistake of this program and is thrown again. */
export function errnoOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}

/** What errnos of files mean to a person, errno(3); one without a sentence stands for itself. */
const SENTENCES: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EAGAIN: 'there are as many processes as the pids limit allows',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'there is a file of this name already',
  EFBIG: 'it would be larger than a file may be',
  EINVAL: 'it is no regular file',
  EIO: 'the disk answers with an error',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a symbolic link, and none is followed',
  EMFILE: 'too many files are open in this process',
  ENAMETOOLONG: 'the name is too long',
  ENFILE: 'too many files are open on this machine',
  ENOENT: 'there is no such file or folder',
  ENOMEM: 'there is no memory left for it',
  ENOSPC: 'no room is left on the disk',
  ENOTDIR: 'a part of the path is no folder',
  EPERM: 'it is not permitted',
  EROFS: 'the file system is read-only',
  ETXTBSY: 'it is being executed',
};

/** An errno as words for the screen and the log: `no room is left on the disk (ENOSPC)`. */
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
