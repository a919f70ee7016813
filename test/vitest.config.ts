import { defineConfig } from 'vitest/config';

/**
 * Tests mirror `src/`; beside them `e2e` (the built program in a pseudo-terminal) and `kernel` (this machine's real
 * kernel), which share one machine and therefore run one file at a time.
 */
const alone = {
  globalSetup: ['./support/built.ts'],
  fileParallelism: false,
  testTimeout: 300_000,
  hookTimeout: 300_000,
};

export default defineConfig({
  test: {
    root: 'test',
    projects: [
      {
        test: {
          name: 'unit',
          root: 'test',
          include: ['**/*.test.ts'],
          exclude: ['e2e/**', 'kernel/**', 'kernels/**', 'packages/**', 'bench/**', 'soak/**'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'e2e',
          root: 'test',
          include: ['e2e/**/*.test.ts'],
          ...alone,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'kernel',
          root: 'test',
          include: ['kernel/**/*.test.ts'],
          ...alone,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
