import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Tests mirror `src/`; beside them `e2e` (the built program in a pseudo-terminal), which waits more than it computes,
 * each file on a node of its own, and `kernel` (this machine's real kernel), whose files share it and therefore run one
 * at a time.
 */
const built = {
  globalSetup: ['./support/built.ts'],
  testTimeout: 300_000,
  hookTimeout: 300_000,
};

/** What waits longest begins first: a file that waits 90 s at the end would be waited for alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
    const sorted = await super.sort(files);
    return [
      ...sorted.filter((file) => place(file) >= 0).sort((a, b) => place(a) - place(b)),
      ...sorted.filter((file) => place(file) < 0),
    ];
  }
}

const LONG = [
  'e2e/failing-commands',
  'e2e/drop-proof',
  'e2e/drop-in-vain',
  'e2e/attribution',
  'e2e/moments',
  'e2e/failing-files',
  'e2e/bundle',
  'e2e/soak',
  'e2e/live',
  'e2e/demo',
];

export default defineConfig({
  test: {
    root: 'test',
    globalSetup: ['./support/captures.ts'],
    sequence: { sequencer: LongestFirst },
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
          ...built,
          maxWorkers: 5,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'kernel',
          root: 'test',
          include: ['kernel/**/*.test.ts'],
          ...built,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
