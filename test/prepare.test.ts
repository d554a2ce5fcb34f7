import {spawnSync} from 'node:child_process'
import {chmodSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {ENV} from './repository.ts'
import {folder} from './run-doccheck.ts'

const SOURCES = [
  'package.json',
  'package-lock.json',
  'rolldown.config.js',
  'tsconfig.build.json',
  'src/deep/a.ts',
]

/** A checkout with tools that were installed, and an `npm` that says what it is asked and builds. */
function checkout() {
  const root = folder({'node_modules/rolldown/x': '', 'rules/a.ts': '', asked: ''})
  for (const name of SOURCES) {
    mkdirSync(path.dirname(path.join(root, name)), {recursive: true})
    writeFileSync(path.join(root, name), '')
  }
  const npm = '#!/bin/sh\necho "$*" >>asked\nmkdir -p dist && touch -t 203301010000 dist/main.js\n'
  writeFileSync(path.join(root, 'npm'), npm)
  chmodSync(path.join(root, 'npm'), 0o755)
  return {
    root,
    /** Run the script; what it asked of npm. */
    prepare() {
      writeFileSync(path.join(root, 'asked'), '')
      const env = {...ENV, PATH: `${root}:${process.env.PATH}`}
      const {status} = spawnSync(process.execPath, [path.resolve('.ci/prepare.js')], {cwd: root, env})
      expect(status).toBe(0)
      return readFileSync(path.join(root, 'asked'), 'utf8')
    },
  }
}

describe.skipIf(process.platform === 'win32')('after an install', () => {
  it('builds what is not built, and that once', () => {
    const {prepare} = checkout()
    expect(prepare()).toBe('run build\n')
    expect(prepare()).toBe('')
  })

  it.each(SOURCES)('builds again where %s is newer', (name) => {
    const {root, prepare} = checkout()
    prepare()
    utimesSync(path.join(root, name), 2_000_000_001, 2_000_000_001)
    expect(prepare()).toBe('run build\n')
  })

  it('builds again where a file is gone', () => {
    const {root, prepare} = checkout()
    prepare()
    rmSync(path.join(root, 'src/deep/a.ts'))
    utimesSync(path.join(root, 'src/deep'), 2_000_000_001, 2_000_000_001)
    expect(prepare()).toBe('run build\n')
  })

  it('installs the tools where they are missing', () => {
    const {root, prepare} = checkout()
    rmSync(path.join(root, 'node_modules'), {recursive: true})
    expect(prepare()).toBe(
      'install --include=dev --ignore-scripts --no-save --no-audit --no-fund\nrun build\n',
    )
  })
})
