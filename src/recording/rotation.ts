import { existsSync, renameSync, rmSync } from 'node:fs';

/** The name of the file that is `age` rotations old: PATH itself, PATH.1, PATH.2. */
function rotatedName(path: string, age: number): string {
  return age === 0 ? path : `${path}.${age}`;
}

/** The first of PATH, PATH.1 to PATH.`keep` that is there already: recording must not overwrite it. */
export function firstExisting(path: string, keep: number): string | undefined {
  for (let age = 0; age <= keep; age++) {
    const name = rotatedName(path, age);
    if (existsSync(name)) return name;
  }
  return undefined;
}

/** Moves every file to the next older name; the oldest goes, and with `keep` 0 PATH itself. */
export function rotate(path: string, keep: number): void {
  rmSync(rotatedName(path, keep), { force: true });
  for (let age = keep - 1; age >= 0; age--) {
    if (existsSync(rotatedName(path, age))) renameSync(rotatedName(path, age), rotatedName(path, age + 1));
  }
}
