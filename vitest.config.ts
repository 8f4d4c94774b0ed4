import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Folders whose files start programs, or run containers, and mostly wait for them. */
const outside = 'test/{cli,crash,docker,simulator,terraform}/**/*.test.ts';
const timeouts = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // All of them: the default leaves one alone. With more, what polls did so for longer, and the whole took longer.
    maxWorkers: availableParallelism(),
    // Run in the order of their names: what waits first, so that its last and longest file is not alone in the end.
    projects: [
      { test: { ...timeouts, name: 'apart', include: [outside] } },
      {
        test: {
          ...timeouts,
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
