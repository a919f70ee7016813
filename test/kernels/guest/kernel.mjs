// What the kernel says, read without the program: the other side of every comparison.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Every live cgroup of the hierarchy with its counters; null stands for a file that is not there. */
export function cgroupsNow({ hierarchy, version }) {
  const rows = [];
  const todo = [''];
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    const folder = hierarchy + path;
    rows.push({
      path: path === '' ? '/' : path,
      usageBytes: numberIn(`${folder}/memory.${version === 'v2' ? 'current' : 'usage_in_bytes'}`),
      kmemBytes: numberIn(`${folder}/memory.kmem.usage_in_bytes`),
      ...statOf(`${folder}/cgroup.stat`),
    });
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) todo.push(`${path}/${entry.name}`);
    }
  }
  return { controllers: controllers(), rows };
}

/** The rows of `/proc/cgroups` by name: how many cgroups, and whether the controller is enabled. */
function controllers() {
  const found = {};
  for (const line of readFileSync('/proc/cgroups', 'utf8').split('\n')) {
    const [name, hierarchy, cgroups, enabled] = line.split('\t');
    if (enabled !== undefined && !name.startsWith('#')) {
      found[name] = { hierarchy: Number(hierarchy), cgroups: Number(cgroups), enabled: Number(enabled) };
    }
  }
  return found;
}

function statOf(file) {
  const text = textOf(file);
  if (text === null) return { descendants: null, dying: null };
  const rows = new Map(text.split('\n').map((line) => line.split(' ')));
  return { descendants: Number(rows.get('nr_descendants')), dying: Number(rows.get('nr_dying_descendants')) };
}

/** How often the kernel was asked to drop caches since it started. */
export function countersOfDrops() {
  const rows = new Map(
    readFileSync('/proc/vmstat', 'utf8')
      .split('\n')
      .map((line) => line.split(' ')),
  );
  return { slab: Number(rows.get('drop_slab')), pageCache: Number(rows.get('drop_pagecache')) };
}

/** Waits until the count of cgroups has rested for a second, ten at most: a removed cgroup goes away late. */
export async function settled(plan) {
  let last = '';
  for (let rested = 0, tries = 0; rested < 5 && tries < 50; tries += 1) {
    const { controllers: all, rows } = cgroupsNow(plan);
    const now = `${all.memory?.cgroups} ${rows[0].dying} ${rows.length}`;
    rested = now === last ? rested + 1 : 0;
    last = now;
    await sleep(200);
  }
}

/** Times of one read of `memory.stat` of the root and of every cgroup with children, in milliseconds. */
export function timedReads({ hierarchy }, { rows }) {
  const parents = rows.filter(({ path }) => rows.some((other) => other.path.startsWith(`${path}/`)) || path === '/');
  return parents.map(({ path }) => {
    const began = process.hrtime.bigint();
    const text = textOf(`${hierarchy}${path === '/' ? '' : path}/memory.stat`);
    return { path, there: text !== null, milliseconds: Number(process.hrtime.bigint() - began) / 1e6 };
  });
}

function numberIn(file) {
  const text = textOf(file);
  return text === null ? null : Number(text);
}

function textOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}
