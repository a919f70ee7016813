// Makes src/app/fleet/demo/invented-nodes.json: node --import ./test/bench/typescript.mjs test/demo/make-fleet.ts
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/*
 * Two hundred invented nodes with a story to find: nodes of one kernel are sick, most of all where the CronJob
 * batch/report-runner is scheduled; two were dropped and are growing again, one tells nothing any more.
 */

const KERNELS = [
  { kernel: '4.4.227-1.el7.elrepo.x86_64', cgroup: 'v1', share: 0.12 },
  { kernel: '4.18.0-553.el8_10.x86_64', cgroup: 'v1', share: 0.3 },
  { kernel: '5.15.0-105-generic', cgroup: 'v2', share: 0.4 },
  { kernel: '6.1.0-21-amd64', cgroup: 'v2', share: 0.18 },
] as const;

const ZONES = ['a', 'b', 'c'];

/** The same numbers in every run. */
let seed = 20261128;
function random(): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
}

function kernelOf(index: number, count: number) {
  let up = 0;
  for (const each of KERNELS) {
    up += each.share;
    if (index < up * count) return each;
  }
  return KERNELS[0];
}

const COUNT = 200;
const nodes = Array.from({ length: COUNT }, (_, index) => {
  const { kernel, cgroup } = kernelOf((index * 83) % COUNT, COUNT);
  const affected = kernel.startsWith('4.4');
  const growthPerHour = affected ? Math.round(120 + 700 * random() ** 2) : 0;
  const hours = 20 + Math.round(60 * random());
  const zone = ZONES[index % ZONES.length];
  return {
    name: `worker-${zone}-${String(Math.floor(index / ZONES.length) + 1).padStart(3, '0')}`,
    kernel,
    cgroup,
    growthPerHour,
    dying: affected ? growthPerHour * hours : Math.round(90 * random()),
    droppedHoursAgo: affected && index % 37 === 5 ? 7 : null,
    silent: index === 131,
  };
});

const target = fileURLToPath(new URL('../../src/app/fleet/demo/invented-nodes.json', import.meta.url));
writeFileSync(target, `[\n${nodes.map((node) => `  ${JSON.stringify(node)}`).join(',\n')}\n]\n`);
