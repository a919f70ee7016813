import { expect, test } from 'vitest';
import { documentOf, machine, onKernels } from './expectations.ts';
import { NO_MEMORY } from './plan.ts';

onKernels(['6.1'], 'a v2 hierarchy without the memory controller', (series) => {
  const step = machine(series, NO_MEMORY, ['cgroup_disable=memory']);

  test('nothing is known of memory cgroups, and that is not healthy', () => {
    const { memcg, overall } = documentOf(step('quiet'));
    expect(step('quiet').before.controllers.memory.enabled).toBe(0);
    for (const key of ['total', 'live', 'dying']) expect(memcg[key], key).toMatchObject({ unavailable: 'disabled' });
    expect(overall).toBe('unknown');
    expect(step('check quiet')).toMatchObject({ code: 2, stdout: expect.stringMatching(/^UNKNOWN /) });
  });
});
