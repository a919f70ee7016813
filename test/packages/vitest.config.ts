import { defineConfig } from 'vitest/config';

/** The packages, made once and tried one after the other on this machine: `npm run test:packages`. */
export default defineConfig({
  test: {
    root: 'test/packages',
    include: ['**/*.test.ts'],
    globalSetup: './make-packages.ts',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
