import { expect, test } from 'vitest';
import { draw } from '../../src/views/draw.ts';
import { hostOfFiles } from '../support/host-of-files.ts';
import { observeHost } from '../support/observe.ts';
import { frameText, press, screenOf } from '../support/screen-state.ts';

const V1 = '/sys/fs/cgroup/memory';
const V2 = '/sys/fs/cgroup';
const UID = '499f39d9-4dcb-11e9-9329-5304f5b02b96';
const ID = '3f'.repeat(32);
const SANDBOX = '77'.repeat(32);
const POD = `/kubepods/burstable/pod${UID}`;
const NO_LIMIT = '9223372036854771712\n';

const LOGS = {
  [`/var/log/pods/shop_web-6d5f9c7b88-x2x9z_${UID}/app/0.log`]: '',
  [`/var/log/containers/web-6d5f9c7b88-x2x9z_shop_app-${ID}.log`]: '',
};

function cgroups(mount: string, files: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, each]) =>
      Object.entries(each).map(([name, text]) => [`${mount}${path}/${name}`, text] as const),
    ),
  );
}

const parents = {
  '': { 'cgroup.procs': '' },
  '/kubepods': { 'cgroup.procs': '' },
  '/kubepods/burstable': { 'cgroup.procs': '' },
};

/** A container whose kernel memory is refused: what the log calls "SLUB: Unable to allocate memory on node -1". */
const onV1 = hostOfFiles({
  ...LOGS,
  '/proc/1/mounts': `cgroup ${V1} cgroup rw,memory 0 0\n`,
  [`${V1}/release_agent`]: '\n',
  ...cgroups(V1, {
    ...parents,
    [POD]: { 'memory.limit_in_bytes': NO_LIMIT, 'memory.failcnt': '0\n', 'memory.kmem.failcnt': '0\n' },
    [`${POD}/${SANDBOX}`]: { 'memory.limit_in_bytes': NO_LIMIT, 'memory.failcnt': '0\n', 'memory.kmem.failcnt': '0\n' },
    [`${POD}/${ID}`]: {
      'memory.usage_in_bytes': '67108864\n',
      'memory.limit_in_bytes': '67108864\n',
      'memory.failcnt': '1234\n',
      'memory.kmem.failcnt': '56\n',
    },
  }),
});

const onV2 = hostOfFiles({
  ...LOGS,
  '/proc/1/mounts': `cgroup2 ${V2} cgroup2 rw 0 0\n`,
  [`${V2}/cgroup.controllers`]: 'cpu memory\n',
  ...cgroups(V2, {
    ...parents,
    [POD]: { 'memory.max': 'max\n', 'memory.events': 'low 0\nhigh 0\nmax 0\noom 0\noom_kill 0\n' },
    [`${POD}/${ID}`]: {
      'memory.current': '67108864\n',
      'memory.max': '67108864\n',
      'memory.events': 'low 0\nhigh 0\nmax 77\noom 3\noom_kill 2\n',
      'memory.pressure':
        'some avg10=0.00 avg60=12.50 avg300=0.00 total=1\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=1\n',
    },
  }),
});

function look(host: typeof onV1) {
  const { model, observer } = observeHost(host, 2);
  const rows = 'unavailable' in model.memcg.cgroups ? [] : model.memcg.cgroups;
  const state = press(screenOf({ model, history: observer.history }, { size: { columns: 160, rows: 45 } }), '3').state;
  return { of: (path: string) => rows.find((row) => row.path === path), screen: frameText(draw(state)) };
}

test('v1: limit, failures and refused kernel memory stand beside a container, by the name its pod gives it', () => {
  const { of, screen } = look(onV1);
  expect(of(`${POD}/${ID}`)).toMatchObject({
    pod: 'shop/web-6d5f9c7b88-x2x9z',
    container: 'app',
    limitBytes: 67_108_864,
    limitFailures: 1234,
    kmemFailures: 56,
    oomKills: { unavailable: 'unsupported' },
  });
  expect(of(POD)).toMatchObject({
    limitBytes: { unavailable: 'absent' },
    limitFailures: 0,
    container: { unavailable: 'absent' },
  });
  expect(of(`${POD}/${SANDBOX}`)?.container).toMatchObject({ detail: expect.stringContaining('sandbox') });
  for (const path of ['/', '/kubepods']) expect(of(path)?.limitBytes).toMatchObject({ unavailable: 'unsupported' });
  expect(screen).toMatch(/LIMIT +LIMIT HIT +KMEM FAIL/);
  expect(screen).toMatch(/app 3f3f3f3f .*64.0 MiB .*1,234 +56/);
});

test('v2: memory.max, memory.events and pressure', () => {
  const { of, screen } = look(onV2);
  expect(of(`${POD}/${ID}`)).toMatchObject({
    limitBytes: 67_108_864,
    limitFailures: 77,
    kmemFailures: { unavailable: 'unsupported' },
    oomKills: 2,
    pressurePct: 12.5,
  });
  expect(of(POD)).toMatchObject({ limitBytes: { unavailable: 'absent' }, oomKills: 0 });
  expect(screen).toMatch(/LIMIT +LIMIT HIT +OOM KILLS +PRESSURE/);
});

test('where nothing failed there is no column of failures', () => {
  const quiet = hostOfFiles({
    '/proc/1/mounts': `cgroup ${V1} cgroup rw,memory 0 0\n`,
    ...cgroups(V1, { ...parents, [POD]: { 'memory.limit_in_bytes': '1000000\n', 'memory.failcnt': '0\n' } }),
  });
  expect(look(quiet).screen).not.toMatch(/LIMIT|FAIL/);
});
