import {defineConfig} from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/*.test.ts'],
    // Without this, one core is left idle, which is half of a small machine.
    maxWorkers: '100%',
    // For what never ends: none of these says how fast anything has to be, and a busy machine reaches none.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: {poll: {timeout: 60_000}},
  },
})
