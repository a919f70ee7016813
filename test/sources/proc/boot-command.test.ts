import { expect, test } from 'vitest';
import { bootCommandWithoutSecrets } from '../../../src/sources/proc/boot-command.ts';
import { mountsWithoutSecrets } from '../../../src/sources/proc/mounts-without-secrets.ts';

test('of the boot line stay the parameters of the kernel, and no credential or URL of an installer', () => {
  const line =
    'BOOT_IMAGE=/vmlinuz root=UUID=1-2 ro quiet cgroup.memory=nokmem systemd.unified_cgroup_hierarchy=0 ' +
    'systemd.set_credential=pw:hunter2 ignition.config.url=https://me:hunter2@h/ hunter2:x -- --token hunter2\n';
  const left = bootCommandWithoutSecrets(line);
  expect(left).toBe(
    'BOOT_IMAGE=/vmlinuz root=UUID=1-2 ro quiet cgroup.memory=nokmem systemd.unified_cgroup_hierarchy=0 ' +
      'systemd.set_credential=... ignition.config.url=... ... -- ... ...\n',
  );
  expect(bootCommandWithoutSecrets(left)).toBe(left);
});

test('of a mount table stay cgroups as they are, and no password of another file system', () => {
  const cgroups = 'cgroup /sys/fs/cgroup/memory cgroup rw,nosuid,relatime,memory 0 0\n';
  const left = mountsWithoutSecrets(
    `${cgroups}//nas/share /mnt cifs rw,relatime,username=me,password=hunter2 0 0\nhttps://me:hunter2@h /dav fuse rw 0 0\n`,
  );
  expect(left).toBe(`${cgroups}//nas/share /mnt cifs rw,relatime 0 0\n... /dav fuse rw 0 0\n`);
  expect(mountsWithoutSecrets(left)).toBe(left);
});
