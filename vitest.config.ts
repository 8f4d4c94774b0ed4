import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Folders whose files start programs, or run containers, and mostly wait for them. */
const outside = 'test/{cli,crash,docker,simulator}/**/*.test.ts';
/** For a machine on which others compute too, ms. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // More than there are processors: a file has what the waits of others leave.
    maxWorkers: availableParallelism() + 2,
    // Run in the order of their names: what waits first, so that its last and longest file is not alone in the end.
    projects: [
      { test: { ...patience, name: 'apart', include: [outside] } },
      {
        test: {
          ...patience,
          name: 'together',
          include: ['{src,test,test-support,scripts}/**/*.test.ts'],
          exclude: [outside],
          // One process for many files: starting one, and importing everything anew, takes longer than the tests of most files.
          isolate: false,
        },
      },
    ],
  },
});
