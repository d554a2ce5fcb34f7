import {spawnSync} from 'node:child_process'
import {readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {expect, it} from 'vitest'
import {linksOfBuilt, reportedLabels} from './built-site.ts'
import {command} from './needs.ts'
import {copyOf} from './run-doccheck.ts'

// Debian's command, whatever Python comes first.
const engine = command('MkDocs (Debian: mkdocs)', ['/usr/bin/mkdocs', 'mkdocs'])

/** `../README.md` is on no page of the site; what is beside the pages' folder is for readers of the repository. */
const BESIDE = ['L37']

it.skipIf(!engine).each([true, false])(
  'reports the links that are broken on the site that MkDocs builds, with directories: %s',
  async (directories) => {
    const root = copyOf('test/sites/mkdocs')
    const config = path.join(root, 'mkdocs.yml')
    writeFileSync(config, `${readFileSync(config, 'utf8')}use_directory_urls: ${directories}\n`)
    const reported = await reportedLabels(root)
    const {status, stderr} = spawnSync(engine!, ['build', '--quiet'], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(status, stderr).toBe(0)
    const {broken, all} = linksOfBuilt(path.join(root, 'site'), '/')
    expect(all.length).toBeGreaterThan(60)
    expect(reported).toEqual(broken.filter((label) => !BESIDE.includes(label)))
  },
)
