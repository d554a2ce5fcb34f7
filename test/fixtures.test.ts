import {readdirSync, statSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {copyOf, doccheck} from './run-doccheck.ts'

const root = path.resolve('fixtures')
const folders = (at: string) => readdirSync(at).filter((name) => statSync(path.join(at, name)).isDirectory())

// Each case is a folder of docs; what doccheck prints stands beside it, read and judged when it was accepted.
describe('fixtures', () => {
  const cases = folders(root).flatMap((theme) =>
    theme === 'tour' ? [theme] : folders(path.join(root, theme)).map((name) => `${theme}/${name}`),
  )
  it.each(cases)('%s', async (name) => {
    // Its tables show where each finding ends, too.
    const reporter = name === 'tour' ? 'text' : 'vfile-reporter'
    const args = ['--offline', '--reporter', reporter]
    const {code, out, err} = await doccheck(copyOf(path.join(root, name)), args)
    const text = out.replace(/ in \d+\.\d s/, '')
    expect(err).toBe('')
    expect(code).toBe(/\berror\b/.test(text) ? 1 : 0)
    await expect(text).toMatchFileSnapshot(path.join(root, `${name}.txt`))
  })
})
