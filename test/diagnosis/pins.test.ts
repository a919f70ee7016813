import { describe, expect, onTestFinished, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { say } from '../../src/diagnosis/prose/say.ts';
import * as quantity from '../../src/format/quantity.ts';
import { History } from '../../src/model/history.ts';
import type { PinModel } from '../../src/model/model.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { generateHost } from '../support/generated-host.ts';
import { observeFixture } from '../support/observe.ts';
import { all, aNode, aPin, dying, MISSING, onKernel, withPins } from './a-node.ts';

const OLD = '4.4.155';
const RHEL_8_1 = '4.18.0-147.el8.x86_64';
const NEW = '6.12.0';

/** 10,000 dying: 40,960,000 bytes are a page for each. */
const PAGES = 40_960_000;

function diagnosed(kernel: string, pin: Partial<PinModel>, count = 10_000) {
  return diagnose(aNode(all(dying(count), onKernel(kernel), withPins(aPin(pin)))), new History(), DEFAULT_THRESHOLDS);
}

function recommended(kernel: string, pin: Partial<PinModel>, count?: number) {
  const { recommendedDrop, pins } = diagnosed(kernel, pin, count);
  return { by: pins.by, drop: 'request' in recommendedDrop ? recommendedDrop.request : 'none' };
}

describe('what pins, and the drop that fits', () => {
  test.each([
    ['slab', OLD, { kmemBytes: PAGES }, { mode: 2, sync: false }],
    ['clean', NEW, { fileBytes: PAGES, cleanBytes: PAGES }, { mode: 1, sync: false }],
    ['dirty', NEW, { fileBytes: PAGES, dirtyBytes: PAGES }, { mode: 1, sync: true }],
    ['pages', NEW, { fileBytes: PAGES, cleanBytes: MISSING, dirtyBytes: MISSING }, { mode: 1, sync: true }],
    ['clean', RHEL_8_1, { fileBytes: PAGES, cleanBytes: PAGES }, { mode: 3, sync: true }],
    ['clean', OLD, { fileBytes: PAGES, cleanBytes: PAGES }, { mode: 3, sync: true }],
    ['mixed', OLD, { kmemBytes: PAGES, fileBytes: PAGES, cleanBytes: PAGES }, { mode: 3, sync: true }],
    ['mixed', OLD, { kmemBytes: PAGES, tmpfsBytes: PAGES }, { mode: 2, sync: false }],
    ['tmpfs', NEW, { tmpfsBytes: PAGES }, 'none'],
    ['tmpfs', OLD, { tmpfsBytes: PAGES }, 'none'],
    ['anon', NEW, { anonBytes: PAGES }, 'none'],
    ['mixed', NEW, { tmpfsBytes: PAGES, anonBytes: PAGES }, 'none'],
  ] as const)('%s on %s', (by, kernel, pin, drop) => {
    expect(recommended(kernel, pin)).toEqual({ by, drop });
  });

  test('none is promised for tmpfs, and why is said', () => {
    const { recommendedDrop } = diagnosed(NEW, { tmpfsBytes: PAGES });
    expect('none' in recommendedDrop && say(recommendedDrop.none, quantity)).toContain('until the files are removed');
    const part = diagnosed(OLD, { kmemBytes: PAGES, tmpfsBytes: PAGES }).recommendedDrop;
    expect('why' in part && say(part.why, quantity)).toContain('those that tmpfs or anonymous memory pins stay');
  });

  test('few dying need no drop, on both sides', () => {
    expect(recommended(OLD, { kmemBytes: PAGES }, 999).drop).toBe('none');
    expect(recommended(OLD, { kmemBytes: PAGES }, 1000).drop).toEqual({ mode: 2, sync: false });
  });

  test('pages too few to pin a tenth of the dying are not what pins them', () => {
    const some = { kmemBytes: 600e6, fileBytes: 4_095_999, cleanBytes: 4_095_999 };
    expect(recommended(OLD, some).by).toBe('slab');
    expect(recommended(OLD, { ...some, cleanBytes: 4_096_000 }).by).toBe('mixed');
  });

  test('before memory.stat was read, the counters tell pages from slab', () => {
    const unread = {
      fileBytes: MISSING,
      cleanBytes: MISSING,
      dirtyBytes: MISSING,
      tmpfsBytes: MISSING,
      anonBytes: MISSING,
    };
    expect(recommended(NEW, { ...unread, bytes: PAGES, kmemBytes: 0 }).by).toBe('pages');
    // v2 has no counter of kernel memory, so that nothing can be told before the read.
    expect(recommended(NEW, { ...unread, bytes: PAGES, kmemBytes: MISSING }).by).toEqual(MISSING);
  });

  test('within the noise nothing is told and nothing recommended', () => {
    const { by, drop } = recommended(OLD, { kmemBytes: 399_999, bytes: 399_999 }, 1000);
    expect(by).toMatchObject({ unavailable: 'unsupported' });
    expect(drop).toBe('none');
    expect(recommended(OLD, { kmemBytes: 410_000, bytes: 410_000 }, 1000).by).toBe('slab');
  });

  test('the remedy has the exact command', () => {
    expect(diagnosed(NEW, { tmpfsBytes: PAGES }).remedies).toContain('remove-tmpfs-files');
    expect(diagnosed(NEW, { tmpfsBytes: PAGES }).remedies).not.toContain('drop-pages');
    expect(diagnosed(OLD, { kmemBytes: PAGES }).remedies[0]).toBe('drop-slab');
  });
});

describe('from the files of a whole node', () => {
  const held = { kmemBytes: 50e6, cacheBytes: PAGES };
  const reads = { wallSeconds: 0.03, cpuSeconds: 0.03 };

  test('v2: kernel memory is told apart by memory.stat, and is no pin on 6.12', () => {
    const { root, mount, remove } = generateHost({
      live: 60,
      dying: 10_000,
      heldByDying: held,
      cgroup: 'v2',
      reads: { '/sys/fs/cgroup/memory.stat': reads },
    });
    onTestFinished(remove);
    expect(mount).toBe('/sys/fs/cgroup');
    const { model, observer } = observeFixture(root);
    expect(Array.isArray(model.memcg.pins) && model.memcg.pins[0]).toMatchObject({
      path: '/kubepods/burstable',
      kmemBytes: 50e6,
      cleanBytes: PAGES,
    });
    const diagnosis = diagnose(model, observer.history, DEFAULT_THRESHOLDS);
    expect(diagnosis.pins.by).toBe('clean');
    expect(diagnosis.recommendedDrop).toMatchObject({ request: { mode: 1, sync: false } });
    expect(diagnosis.overall).toBe('warning');
  });

  test('v1 on 4.4.155: both pin, so that it takes sync and mode 3', () => {
    const { root, remove } = generateHost({ live: 60, dying: 10_000, heldByDying: held });
    onTestFinished(remove);
    const { model, observer } = observeFixture(root);
    const diagnosis = diagnose(model, observer.history, DEFAULT_THRESHOLDS);
    expect(diagnosis.pins.by).toBe('mixed');
    expect(diagnosis.pins.kinds.map(({ kind }) => kind)).toEqual(['slab', 'clean']);
    expect(diagnosis.recommendedDrop).toMatchObject({ request: { mode: 3, sync: true } });
  });
});
