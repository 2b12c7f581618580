import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The file system on which temporary directories lie decides how long tests of `emit` take.
    testTimeout: 20_000,
  },
});
