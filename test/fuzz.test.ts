import {spawnSync} from 'node:child_process'
import {expect, it} from 'vitest'

// A short run of what `npm run fuzz` does for as long as one likes. Only the built command is checked.
it('random pages in random sites end no run, and are repaired once and for all', () => {
  const {status, stdout, stderr} = spawnSync(process.execPath, ['test/fuzz.js', '--pages', '1500'], {
    encoding: 'utf8',
  })
  expect({status, stderr}).toEqual({status: 0, stderr: ''})
  expect(stdout).toBe('1500 pages in 6 sites, seed 1: no faults\n')
})
