import { expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import { fieldAlignment, fieldText, fieldTitle } from '../../src/format/fields.ts';
import { FIELDS, isFieldId } from '../../src/model/fields.ts';

test('values are printed by their unit', () => {
  expect(fieldText('slab.totalBytes', 913_543_168)).toBe('871 MiB');
  expect(fieldText('memcg.dying', 19_896)).toBe('19,896');
  expect(fieldText('kubelet.systemPct', 89.16)).toBe('89.2 %');
  expect(fieldText('reads[].wallSeconds', 3.6632)).toBe('3.66 s');
  expect(fieldText('host.uptimeSeconds', 83 * 86_400 + 4 * 3600)).toBe('83 d 4 h');
  expect(fieldText('node.loadAverage', 2.588)).toBe('2.59');
  expect(fieldText('host.hybrid', true)).toBe('yes');
  expect(fieldText('kubelet.pid', 1342)).toBe('1342');
  expect(fieldText('memcg.createdPerMinute', 0.4)).toBe('0.4/min');
  expect(fieldText('memcg.createdPerMinute', 38.4)).toBe('38/min');
});

test('growth is told per hour and with its sign, other rates per second', () => {
  expect(fieldText('memcg.growthPerSecond', 412 / 3600)).toBe('+412/h');
  expect(fieldText('slab.growthBytesPerSecond', -1024)).toBe('-3.52 MiB/h');
  expect(fieldText('kubelet.readBytesPerSecond', 1024)).toBe('1.00 KiB/s');
  expect(fieldText('kubelet.contextSwitchesPerSecond', 12_345)).toBe('12,345/s');
});

test('a missing value has its reason with its detail', () => {
  expect(fieldText('host.distribution', missing('absent', '/etc/os-release: ENOENT'))).toBe(
    'absent: /etc/os-release: ENOENT',
  );
});

test('text from the node is one line without anything that a terminal obeys', () => {
  expect(fieldText('processes[].comm', 'a\u001b[2J\nb\u202e')).toBe('a?[2J?b?');
  expect(fieldText('host.name', missing('failed', 'x\u0007'))).toBe('failed: x?');
});

test('numbers stand at the right, words and ids at the left', () => {
  expect(fieldAlignment('slab.caches[].sizeBytes')).toBe('right');
  expect(fieldAlignment('slab.caches[].name')).toBe('left');
  expect(fieldAlignment('processes[].pid')).toBe('left');
});

test('every field has a title that fits over a column', () => {
  for (const id of Object.keys(FIELDS).filter(isFieldId)) expect(fieldTitle(id), id).toMatch(/^\S.{0,27}$/);
});
