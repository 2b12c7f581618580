import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The file system on which temporary directories lie decides how long tests of `emit` take.
    testTimeout: 20_000,
    // CI counts from the result file; the summary for people is no interface.
    reporters: process.env['CI']
      ? ['default', ['json', { outputFile: 'node_modules/.cache/tests.json' }]]
      : ['default'],
  },
});
