import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { tellRemedy } from '../../src/diagnosis/remedies/remedies.ts';
import { REMEDY_IDS, type RemedyId } from '../../src/diagnosis/remedies/remedy-ids.ts';
import * as quantity from '../../src/format/quantity.ts';
import { History } from '../../src/model/history.ts';
import type { Model } from '../../src/model/model.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { all, aNode, aPin, dying, MISSING, onKernel, withPins } from './a-node.ts';

const tell = (id: RemedyId, model: Model) =>
  tellRemedy(id, { model, diagnosis: diagnose(model, new History(), DEFAULT_THRESHOLDS), print: quantity });

const named =
  (name: string) =>
  (model: Model): Model => ({ ...model, host: { ...model.host, name } });

describe('the commands', () => {
  test('drop_caches by mode, with sync where dirty pages pin', () => {
    const model = aNode();
    expect(tell('drop-slab', model).command).toBe('echo 2 > /proc/sys/vm/drop_caches');
    expect(tell('drop-pages', model).command).toBe('sync; echo 1 > /proc/sys/vm/drop_caches');
    expect(tell('drop-both', model).command).toBe('sync; echo 3 > /proc/sys/vm/drop_caches');
    const clean = aPin({ fileBytes: 50e6, cleanBytes: 50e6 });
    const cleanPins = aNode(all(dying(10_000), onKernel('6.12.0'), withPins(clean)));
    expect(tell('drop-pages', cleanPins).command).toBe('echo 1 > /proc/sys/vm/drop_caches');
  });

  test('the node by its name, never a name that a shell would obey', () => {
    expect(tell('drain-and-reboot', aNode(named('node-7'))).command).toBe(
      'kubectl drain node-7 --ignore-daemonsets --delete-emptydir-data',
    );
    expect(tell('drain-and-reboot', aNode(named('x; rm -rf /'))).command).toMatchObject({ unavailable: 'malformed' });
    expect(tell('drain-and-reboot', aNode(named('--all'))).command).toMatchObject({ unavailable: 'malformed' });
  });

  test('grubby where the family has it', () => {
    expect(tell('nokmem', aNode(onKernel('3.10.0-1160.el7.x86_64'))).command).toContain('grubby');
    expect(tell('nokmem', aNode(onKernel('5.4.0-42-generic'))).command).toMatchObject({ unavailable: 'unsupported' });
  });

  test('the churner by pod or by the parent that holds most', () => {
    const cgroups = aNode().memcg.cgroups;
    const path = Array.isArray(cgroups) ? cgroups.find((each) => each.path.includes('/pod'))?.path : undefined;
    const churning =
      (pod: string) =>
      (model: Model): Model => ({
        ...model,
        memcg: {
          ...model.memcg,
          createdPerMinute: 20,
          removedPerMinute: 20,
          cgroups: Array.isArray(model.memcg.cgroups)
            ? model.memcg.cgroups.map((each) => (each.path === path ? { ...each, churnPerMinute: 40, pod } : each))
            : MISSING,
        },
      });
    const remedy = tell('stop-the-churner', aNode(churning('prod/api-0')));
    expect(remedy.command).toBe('kubectl -n prod describe pod api-0');
    expect(remedy.does).toContain(`look below ${path} (prod/api-0)`);
    expect(tell('stop-the-churner', aNode(churning('prod/$(reboot)'))).command).toMatchObject({
      unavailable: 'malformed',
    });
  });
});

test('an upgrade names the kernels of this family, and what each is for', () => {
  expect(tell('upgrade-kernel', aNode(onKernel('3.10.0-1160.el7.x86_64'))).does).toContain(
    '4.18.0-240 or later) (for memory.stat',
  );
  expect(tell('upgrade-kernel', aNode(onKernel('4.4.227-1.el7.elrepo.x86_64'))).does).toContain('5.10 or later');
});

test.each(REMEDY_IDS)('%s says what it does, what it cannot, its danger and when to prefer another', (id) => {
  const { title, does, cannot, danger, prefer } = tell(id, aNode());
  for (const text of [title, does, cannot, danger, prefer]) {
    expect(text.length).toBeGreaterThan(10);
    expect(text).not.toMatch(/\n|undefined|NaN|\[object/);
  }
});
