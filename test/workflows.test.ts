import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import type {Job} from './action-runner.ts'
import {faultsOfWorkflow, hasLinters} from './workflows.ts'

const FOLDER = '.github/workflows'

const workflows = readdirSync(FOLDER).map((file) => {
  const source = readFileSync(path.join(FOLDER, file), 'utf8')
  const {jobs, ...rest} = parse(source) as {
    jobs: Record<string, Job>
    permissions: object
    concurrency: object
  }
  return {file, source, jobs: Object.entries(jobs), ...rest}
})

// What zizmor looks for, of which there is no package here.
describe.each(workflows)('$file', ({source, jobs, permissions, concurrency}) => {
  it.skipIf(!hasLinters)('is valid', async () => {
    expect(await faultsOfWorkflow(source)).toEqual([])
  })

  it('gives each job only the permissions that it names, and ends', () => {
    expect(permissions).toEqual({})
    expect(concurrency).toMatchObject({group: expect.any(String)})
    for (const [name, job] of jobs) {
      expect(job.permissions, name).toBeDefined()
      if (job.steps) expect(job['timeout-minutes'], name).toBeGreaterThan(0)
    }
  })

  it('pins what it uses, and keeps no credentials and no cache', () => {
    for (const {uses, with: given, run} of jobs.flatMap(([, {steps = []}]) => steps)) {
      expect(run ?? '').not.toContain('${{')
      if (!uses || uses === './') continue
      expect(uses).toMatch(/^actions\/[\w/-]+@[\da-f]{40}$/)
      expect(source).toMatch(new RegExp(`uses: ${uses} # v\\d+\\.\\d+\\.\\d+\n`))
      if (uses.startsWith('actions/checkout@')) expect(given).toMatchObject({'persist-credentials': false})
      if (uses.startsWith('actions/setup-node@'))
        expect(given).toMatchObject({'package-manager-cache': false})
    }
  })
})
