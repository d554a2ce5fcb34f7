import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {doccheck, folder} from './world.ts'

/** A page with emoji, Hangul and CRLF, and one without findings. */
const docs = () =>
  folder({
    'docs/a.md': '# A 😀 한글\r\n\r\n😀 [b](b.md) 한 [c](A.md#x) [d][nope]\r\n',
    'docs/ok.md': '# ok\n',
  })

async function report(cwd: string, name: string): Promise<string> {
  const {out, err} = await doccheck(cwd, ['--offline', '--no-config', '--reporter', name])
  expect(err).toBe('')
  return out
}

describe('github', () => {
  it('writes one command for each finding', async () => {
    expect((await report(docs(), 'github')).split('\n')).toEqual([
      '::error file=docs/a.md,line=3,endLine=3,col=8,endColumn=12,title=doccheck no-broken-link::Unexpected link to missing file `b.md`',
      '::error file=docs/a.md,line=3,endLine=3,col=20,endColumn=26,title=doccheck no-broken-link::Unexpected link to a file in other letter case `A.md#x`, expected `a.md#x`',
      '::error file=docs/a.md,line=3,endLine=3,col=28,endColumn=37,title=doccheck no-undefined-reference::Unexpected reference to undefined `nope`',
      '',
    ])
  })

  it('comes by itself in GitHub Actions, and so does the summary of the job', async () => {
    const cwd = docs()
    const file = path.join(cwd, 'summary')
    const {out} = await doccheck(cwd, ['--offline', '--no-config'], {
      env: {GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file},
    })
    expect(out.match(/^::error /gm)).toHaveLength(3)
    expect(readFileSync(file, 'utf8')).toMatch(/^## doccheck: 3 errors in 1 file\n/)
  })
})

describe('rdjson', () => {
  it('counts columns in bytes of UTF-8', async () => {
    const {diagnostics} = JSON.parse(await report(docs(), 'rdjson'))
    // The emoji has four bytes, Hangul three, in UTF-16 two units and one.
    expect(diagnostics[1]).toMatchObject({
      location: {path: 'docs/a.md', range: {start: {line: 3, column: 24}, end: {line: 3, column: 30}}},
      suggestions: [{range: {start: {line: 3, column: 24}, end: {line: 3, column: 30}}, text: 'a.md#x'}],
    })
  })
})

describe('sarif', () => {
  it('gives stretches that are the links', async () => {
    const cwd = docs()
    const text = readFileSync(path.join(cwd, 'docs/a.md'), 'utf8')
    const {results} = JSON.parse(await report(cwd, 'sarif')).runs[0]
    const stretches = results.map(
      (result: {locations: [{physicalLocation: {region: Region}}]}) =>
        result.locations[0].physicalLocation.region,
    )
    expect(stretches.map(({charOffset, charLength}: Region) => text.substr(charOffset, charLength))).toEqual([
      'b.md',
      'A.md#x',
      '[d][nope]',
    ])
  })
})

interface Region {
  charOffset: number
  charLength: number
}

describe('gitlab', () => {
  it('gives every finding a name of its own', async () => {
    const findings: {fingerprint: string}[] = JSON.parse(
      await report(folder({'a.md': '[b](b.md) [b](b.md)\n'}), 'gitlab'),
    )
    expect(new Set(findings.map(({fingerprint}) => fingerprint)).size).toBe(2)
  })
  it('is an empty array where nothing was found', async () => {
    expect(await report(folder({'a.md': '# A\n'}), 'gitlab')).toBe('[]\n')
  })
})

describe('junit', () => {
  it('counts files without findings as passing', async () => {
    const out = await report(docs(), 'junit')
    expect(out).toContain('<testsuites name="doccheck" tests="4" failures="3" errors="0">')
    expect(out).toContain('<testcase name="no findings" classname="docs/ok.md" file="docs/ok.md"/>')
  })
})

describe('markdown', () => {
  it('puts findings together that have one cause', async () => {
    const cwd = folder({'a.md': '[b](b.md) [b](b.md)\n', 'c.md': '[b](b.md)\n'})
    expect(await report(cwd, 'markdown')).toContain(`
### \`b.md\` is missing: 3 links in 2 files

- \`a.md:1\` error: Unexpected link to missing file \`b.md\`
- \`a.md:1\` error: Unexpected link to missing file \`b.md\`
- \`c.md:1\` error: Unexpected link to missing file \`b.md\`
`)
  })
  it('is one line where nothing was found', async () => {
    expect(await report(folder({'a.md': '# A\n'}), 'markdown')).toBe(
      '**doccheck** found no problems in 1 file\n',
    )
  })
})
