import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { makeFolder } from '../support/cleanup.ts';

/** The version that every package bears. */
export const VERSION: string = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;

/** The packages that were made for this run. */
export const MADE = {
  archive: join(inject('packages'), `slabtop-k8s-${VERSION}-linux-x64.tar.gz`),
  debian: join(inject('packages'), `slabtop-k8s_${VERSION}_amd64.deb`),
  npm: join(inject('packages'), `slabtop-k8s-${VERSION}.tgz`),
  singleExecutable: join(inject('packages'), `slabtop-k8s-${VERSION}-linux-x64`),
};

/** A folder that is gone after the test file. */
export function folderForTests(): string {
  const { path, remove } = makeFolder(tmpdir(), 'unpacked');
  afterAll(remove);
  return path;
}

/** Unpacks the relocatable archive below a folder, as a person would. */
export function unpackArchive(folder: string): void {
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-C', folder, '-xzf', MADE.archive]);
}
