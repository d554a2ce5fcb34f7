import fc from 'fast-check'
import {VFile} from 'vfile'
import {describe, expect, it} from 'vitest'
import {toFile} from '../src/report/messages.ts'
import {safe} from '../src/report/safe.ts'
import {textReport} from '../src/report/text.ts'

// What terminals obey, and what the log readers of CI services take for commands.
const HARM =
  /[\0-\x08\x0B-\x1F\x7F-\x9F\u202A-\u202E\u2066-\u2069\u200B\uFEFF]|##\[|##vso\[|##teamcity\[|[\u{E0000}-\u{E007F}]|\p{Surrogate}/iu
const ATTACKS = [
  '\x1b[2J',
  '\x1b]8;;http://e\x07',
  '\x9b31m',
  '\u202Etxt',
  'a\n::error::p',
  'a\r::error::p',
  '##[error]p',
  '##vso[task]p',
  '##teamcity[x]',
  'nul\0',
  'tag\u{E0041}',
  '\uD800',
]

describe.each(ATTACKS.map((attack) => [attack]))('%j', (attack) => {
  it.each(['reason', 'path', 'ruleId', 'source', 'note', 'url', 'expected'])(
    'in %s reaches no terminal',
    async (field) => {
      const text = `x${attack}y`
      const file = await toFile(
        {
          path: field === 'path' ? text : 'a.md',
          findings: [],
          pluginMessages: [new VFile({path: 'a.md'}).message(field === 'reason' ? text : 'm')].map(
            (message) =>
              Object.assign(
                message,
                field === 'expected'
                  ? {expected: [text]}
                  : field === 'reason' || field === 'path'
                    ? {}
                    : {[field]: text},
              ),
          ),
        },
        {display: (path) => path},
      )
      const report = textReport([file], false)
      expect(report).not.toMatch(HARM)
      expect(report).not.toMatch(/^\s*::/m)
      expect(JSON.stringify(file.messages.map((message) => ({...message})))).not.toMatch(HARM)
    },
  )
})

it('is idempotent and leaves ordinary text alone', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary', maxLength: 30}), (text) => {
      expect(safe(safe(text))).toBe(safe(text))
      expect(safe(text)).not.toMatch(HARM)
    }),
  )
  expect(safe('한글 🏳️‍🌈 é `a::b` #x')).toBe('한글 🏳️‍🌈 é `a::b` #x')
})
