import { defineConfig } from 'vitest/config';

/**
 * Other kernels than this machine's, in an emulator: `npm run test:kernels`. Not a part of `npm test`: it takes two
 * minutes, and needs Debian packages that not everybody has.
 */
export default defineConfig({
  test: {
    name: 'kernels',
    root: 'test',
    include: ['kernels/**/*.test.ts'],
    globalSetup: ['packages/make-packages.ts'],
    // A machine each, two at a time: each is two processors and a gibibyte.
    maxWorkers: 2,
    // Booting is the hook's part; an emulated machine on a loaded one is slow.
    hookTimeout: 820_000,
  },
});
