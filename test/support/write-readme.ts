import { readFileSync, writeFileSync } from 'node:fs';
import { readmeSections, withSections } from './readme-sections.ts';

/** Makes the generated parts of README again: `npm run readme`. */
const file = new URL('../../README.md', import.meta.url);
writeFileSync(file, withSections(readFileSync(file, 'utf8'), readmeSections()));
