import {existsSync, readFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'

// SECURITY.md names the test that holds each promise: `file`: the beginning of its name.
const rows = readFileSync('SECURITY.md', 'utf8')
  .split('## Promises')[1]!
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:promise|---)/.test(line))
  .map((line) => /\| `([^`]+)`: (.+) \|$/.exec(line)?.slice(1))

describe('each promise of SECURITY.md', () => {
  it('is held by a test', () => {
    expect(rows.length).toBeGreaterThan(20)
    expect(rows).not.toContain(undefined)
  })

  it.each(rows as [file: string, name: string][])('%s: %s', (file, name) => {
    expect(existsSync(file)).toBe(true)
    const source = readFileSync(file, 'utf8')
    expect(
      ['(', '\n  '].some((before) => ["'", '"', '`'].some((quote) => source.includes(before + quote + name))),
    ).toBe(true)
  })
})
