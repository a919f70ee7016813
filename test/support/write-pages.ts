import { readFileSync, writeFileSync } from 'node:fs';
import { madePages, withSections } from './made-pages.ts';

/** Makes the made parts of the pages again: `npm run pages`. */
for (const { file, sections } of madePages()) {
  writeFileSync(file, withSections(readFileSync(file, 'utf8'), sections));
}
