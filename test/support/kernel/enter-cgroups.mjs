// Run by dying.ts as a process of its own: makes a cgroup, enters it, has it charged for something that stays, goes on
// to the next one, and removes the one it left (a quarter of a millisecond each on 6.18). What Node itself allocates
// meanwhile is charged too, and freed when this process ends.
import { closeSync, fsyncSync, mkdirSync, openSync, rmdirSync, statSync, writeFileSync, writeSync } from 'node:fs';

const { hierarchy, parent, folder, count, pinnedBy, lookups } = JSON.parse(process.argv[2]);
const page = Buffer.alloc(4096, 'x');

function leaveSomething(n) {
  if (pinnedBy === 'dentries') {
    for (let i = 0; i < lookups; i += 1) statSync(`${folder}/absent-${n}-${i}`, { throwIfNoEntry: false });
    return;
  }
  const file = openSync(`${folder}/${n}`, 'w');
  writeSync(file, page);
  if (pinnedBy === 'clean') fsyncSync(file);
  closeSync(file);
}

let left;
for (let n = 0; n < count; n += 1) {
  const path = `${parent}/dying-${process.pid}-${n}`;
  mkdirSync(path);
  writeFileSync(`${path}/cgroup.procs`, '0');
  if (left !== undefined) rmdirSync(left);
  leaveSomething(n);
  left = path;
}
writeFileSync(`${hierarchy}/cgroup.procs`, '0');
if (left !== undefined) rmdirSync(left);
