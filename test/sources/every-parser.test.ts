import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isKnown, isMissing, REASONS } from '../../src/core/missing.ts';
import { parsePopulated } from '../../src/sources/cgroup/cgroup-events.ts';
import { parseCgroupStat } from '../../src/sources/cgroup/cgroup-stat.ts';
import { parseControllers } from '../../src/sources/cgroup/controllers.ts';
import { parseCounter } from '../../src/sources/cgroup/counter.ts';
import { parseMemoryEvents } from '../../src/sources/cgroup/memory-events.ts';
import { parseMemoryStatV1 } from '../../src/sources/cgroup/memory-stat-v1.ts';
import { parseMemoryStatV2 } from '../../src/sources/cgroup/memory-stat-v2.ts';
import { indexNumberRows } from '../../src/sources/cgroup/number-rows.ts';
import { depthOf, parentOf } from '../../src/sources/cgroup/path.ts';
import { parseOsRelease } from '../../src/sources/etc/os-release.ts';
import { parseBuildInfo } from '../../src/sources/kubernetes/build-info.ts';
import { parseContainerLogFolder } from '../../src/sources/kubernetes/container-log-folder.ts';
import { parseContainerLogLinks } from '../../src/sources/kubernetes/container-log-links.ts';
import { parseGoDuration } from '../../src/sources/kubernetes/go-duration.ts';
import { parseKubeletCommand } from '../../src/sources/kubernetes/kubelet-command.ts';
import { kubeletFlavourOf } from '../../src/sources/kubernetes/kubelet-flavour.ts';
import { parseKubepodsPath } from '../../src/sources/kubernetes/kubepods.ts';
import { parsePodLogFolders } from '../../src/sources/kubernetes/pod-log-folders.ts';
import { unitOf } from '../../src/sources/kubernetes/unit.ts';
import { withoutSecrets } from '../../src/sources/kubernetes/without-secrets.ts';
import { bootCommandWithoutSecrets } from '../../src/sources/proc/boot-command.ts';
import { cgroupMountsOf } from '../../src/sources/proc/cgroup-mounts.ts';
import { parseCgroups } from '../../src/sources/proc/cgroups.ts';
import { parseDentryState } from '../../src/sources/proc/dentry-state.ts';
import { parseInodeState } from '../../src/sources/proc/inode-state.ts';
import { parseLoadavg } from '../../src/sources/proc/loadavg.ts';
import { parseMeminfo } from '../../src/sources/proc/meminfo.ts';
import { cgroupMountinfo, parseMountinfo } from '../../src/sources/proc/mountinfo.ts';
import { parseMounts, unescapedPath } from '../../src/sources/proc/mounts.ts';
import { mountsWithoutSecrets } from '../../src/sources/proc/mounts-without-secrets.ts';
import { parsePidCgroup } from '../../src/sources/proc/pid-cgroup.ts';
import { parsePidCmdline } from '../../src/sources/proc/pid-cmdline.ts';
import { parsePidComm } from '../../src/sources/proc/pid-comm.ts';
import { parsePidFdinfo } from '../../src/sources/proc/pid-fdinfo.ts';
import { parsePidIo } from '../../src/sources/proc/pid-io.ts';
import { parsePidSchedstat } from '../../src/sources/proc/pid-schedstat.ts';
import { parsePidStat } from '../../src/sources/proc/pid-stat.ts';
import { parsePidSyscall } from '../../src/sources/proc/pid-syscall.ts';
import { parsePidWchan } from '../../src/sources/proc/pid-wchan.ts';
import { parsePressure } from '../../src/sources/proc/pressure.ts';
import { rowsOf } from '../../src/sources/proc/rows.ts';
import { parseSlabinfo } from '../../src/sources/proc/slabinfo.ts';
import { parseSmapsRollup } from '../../src/sources/proc/smaps-rollup.ts';
import { parseStat } from '../../src/sources/proc/stat.ts';
import {
  countAt,
  countOf,
  countsOf,
  decimalOf,
  eachLine,
  issueOf,
  unreadable,
  wordsOf,
} from '../../src/sources/proc/text.ts';
import { parseUptime } from '../../src/sources/proc/uptime.ts';
import { parseVersion } from '../../src/sources/proc/version.ts';
import { parseVmstat } from '../../src/sources/proc/vmstat.ts';
import { parseCpuCount } from '../../src/sources/sys/cpu-list.ts';
import { malformed, quoted, wholeNumber } from '../../src/sources/text.ts';
import { nonsense } from '../support/nonsense.ts';

/** Everything that `sources` exports, each given a text that it was not made for. */
const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  parseCgroupStat,
  parsePopulated,
  parseMemoryEvents,
  parseBuildInfo,
  parseControllers,
  parseContainerLogFolder,
  parseCounter,
  parseMemoryStatV1,
  parseMemoryStatV2,
  indexNumberRows: (text) => indexNumberRows(text, 'a file').take('cache'),
  depthOf,
  parentOf,
  parseOsRelease,
  parseGoDuration,
  parseKubeletCommand: (text) =>
    parseKubeletCommand({ comm: 'kubelet', argv: ['kubelet', ...text.split('\0')], executable: text }),
  kubeletFlavourOf: (text) =>
    ['kubelet', 'k3s', text].map((comm) =>
      kubeletFlavourOf({ comm, argv: [comm, ...text.split('\0')], executable: text }),
    ),
  parseKubepodsPath,
  parseContainerLogLinks,
  parsePodLogFolders,
  unitOf,
  withoutSecrets: (text) => withoutSecrets(text.split('\0')),
  bootCommandWithoutSecrets,
  mountsWithoutSecrets,
  cgroupMountinfo,
  parseMountinfo,
  parsePidFdinfo,
  unescapedPath,
  cgroupMountsOf: (text) => {
    const { value } = parseMounts(text);
    return isKnown(value) ? cgroupMountsOf(value) : value;
  },
  parseCgroups,
  parseDentryState: (text) => [parseDentryState(text, '4.4.155'), parseDentryState('1 2 3 4 5 6\n', text)],
  parseInodeState,
  parseLoadavg,
  parseMeminfo,
  parseMounts,
  parsePidCgroup,
  parsePidCmdline,
  parsePidComm,
  parsePidIo,
  parsePidSchedstat,
  parsePidStat,
  parsePidSyscall,
  parsePidWchan,
  parsePressure,
  rowsOf: (text) => [rowsOf(text, ':').count('Slab'), rowsOf(text, ' ').bytes('Slab')],
  parseSlabinfo: (text) => parseSlabinfo(text, 4096),
  parseSmapsRollup,
  parseStat,
  countAt: (text) => countAt(text, 0, text.length),
  countOf,
  countsOf: (text) => countsOf(wordsOf(text), 3),
  decimalOf,
  eachLine: (text) => eachLine(text, () => {}),
  issueOf: (text) => ({ issues: [issueOf(1, 'a number', text)] }),
  unreadable: (text) => unreadable('a number', text),
  wordsOf,
  parseUptime,
  parseVersion,
  parseVmstat,
  parseCpuCount,
  malformed: (text) => malformed(1, quoted(text)),
  quoted,
  wholeNumber,
};

const SOURCES = fileURLToPath(new URL('../../src/sources', import.meta.url));

test('no parser is left out here', async () => {
  const exported: string[] = [];
  for (const file of readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const module: Record<string, unknown> = await import(join(SOURCES, file));
    const functions = Object.keys(module).filter((name) => typeof module[name] === 'function');
    // A file without any has types and constants only.
    exported.push(...functions);
  }
  expect(Object.keys(PARSERS).toSorted()).toEqual(exported.toSorted());
});

/** Real texts of many files: what one parser is for is nonsense to the others. */
const TEXTS = textsOfLinux618();

test('there are real texts to spoil', () => {
  expect(TEXTS.length).toBeGreaterThan(40);
});

describe('whatever stands in a file', () => {
  const anyText = fc.constantFrom(...TEXTS).chain(nonsense);
  const harmful = fc.array(
    fc.constantFrom(
      '\u001b[31m',
      '\u0000',
      '\u009b',
      '\ud800',
      '\u202e',
      '9'.repeat(400),
      '-',
      ' ',
      '\n',
      ':',
      '=',
      '(',
    ),
    { maxLength: 12 },
  );
  const texts = fc.oneof(
    anyText,
    harmful.map((pieces) => pieces.join('')),
  );

  test.each(Object.entries(PARSERS))('%s gives finite numbers, and reasons that can be shown', (_, parse) => {
    fc.assert(
      fc.property(texts, (text) => expectSound(parse(text))),
      { numRuns: 100 },
    );
  });
});

/** What a text is made of over and over, that a parser may go over again and again. */
const UNITS = ['\n', ' ', ':', '9', '-', 'a ', '0=', '\\040', '/kubepods-', '_', '(', '\0', '-token', 'cpu\n'];

describe('the time that a text takes grows with its length and not faster', () => {
  test.each(Object.entries(PARSERS))('%s', (_, parse) => {
    for (const unit of UNITS) {
      // What stands at the end may make all that was before it something else.
      const of = (length: number) => `-${unit.repeat(length / unit.length)}!`;
      const short = cpuMilliseconds(() => parse(of(2 ** 15)));
      expect(short, `${JSON.stringify(unit)}, ms for 32 KiB of it`).toBeLessThan(200);
      // Sixteen times as much: 256 times the work where every part of it is looked at for every other.
      const long = cpuMilliseconds(() => parse(of(2 ** 19)));
      const told = `${JSON.stringify(unit)}, ms for 16 times of what took ${short} ms`;
      expect(long, told).toBeLessThan(Math.max(500, 60 * short));
    }
  });
});

/** The least of some runs: what disturbs a measurement makes it longer. */
function cpuMilliseconds(run: () => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  for (let runs = 0, spent = 0; runs < 4 && spent < 40; runs += 1) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
    spent += (user + system) / 1000;
  }
  return least;
}

/** No number that JSON does not know; no reason or issue that does something to a terminal. */
function expectSound(value: unknown): void {
  if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
  if (typeof value !== 'object' || value === null) return;
  if (isMissing(value)) {
    expect(REASONS).toContain(value.unavailable);
    expectShowable(value.detail ?? '');
    return;
  }
  if ('issues' in value && Array.isArray(value.issues)) {
    for (const { line, message } of value.issues) {
      expect(Number.isSafeInteger(line)).toBe(true);
      expectShowable(message);
    }
  }
  const inner = value instanceof Map ? [...value.keys(), ...value.values()] : Object.values(value);
  for (const each of inner) expectSound(each);
}

function expectShowable(text: string): void {
  expect(text).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
  expect(text.length).toBeLessThan(400);
}

function textsOfLinux618(): string[] {
  const folder = fileURLToPath(new URL('../fixtures/texts/linux-6.18-cgroup1', import.meta.url));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const real = files.map((entry) => join(entry.parentPath, entry.name));
  return [
    ...real.filter((path) => relative(folder, path) !== 'ORIGIN.md').map((path) => readFileSync(path, 'utf8')),
    'shop_cart-7d9c_499f39d9-4dcb-11e9-9329-5304f5b02b96\n',
    '/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod499f39d9_4dcb_11e9_9329_5304f5b02b96.slice',
    '/usr/bin/kubelet\0--housekeeping-interval=10s\0--max-pods\x00110\0--bootstrap-token\0abc.def\0',
    'tmpfs /sys/fs/cgroup tmpfs rw,mode=755 0 0\ncgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0\n',
    '4:memory:/kubepods/burstable/pod1b4e28ba-2fa1-11d2-883f-0016d3cca427\n0::/system.slice/kubelet.service\n',
    'PRETTY_NAME="CentOS Linux 7 (Core)"\nID="centos"\nVERSION_ID=\'7\'\n',
    '1h30m10.5s',
    '9223372036854771712\n',
    'anon 1\nfile 2\nslab_reclaimable 123456789\nnr_dying_descendants 12\n',
  ];
}
