import { LEFT_OUT } from '../kubernetes/without-secrets.ts';

/** `source target type options 0 0`, of which the kernel writes blanks as `\040`. */
const LINE = /^(\S+) (\S+) (\S+) (\S+)( .*)?$/;

/** What every mount has. */
const PLAIN_OPTION = /^(?:rw|ro|relatime|noatime|nosuid|nodev|noexec)$/;

/**
 * A mount table without what may be a secret in it: sources that are URLs or name a user, and options of other file
 * systems than cgroups' (`password=` of old cifs and fuse ones). Doing it again changes nothing.
 */
export function mountsWithoutSecrets(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const [, source = '', target = '', type = '', options = '', rest = ''] = LINE.exec(line) ?? [];
      if (type === '' || type === 'cgroup' || type === 'cgroup2') return line;
      const kept = options.split(',').filter((option) => PLAIN_OPTION.test(option));
      return `${/:\/\/|@/.test(source) ? LEFT_OUT : source} ${target} ${type} ${kept.join(',') || LEFT_OUT}${rest}`;
    })
    .join('\n');
}
