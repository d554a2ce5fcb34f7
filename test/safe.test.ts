import fc from 'fast-check'
import {VFile} from 'vfile'
import {describe, expect, it} from 'vitest'
import {toVFile} from '../src/report/messages.ts'
import {REPORTERS} from '../src/report/reporters.ts'
import {textReport} from '../src/report/text.ts'
import {safe, withoutCredentials} from '../src/text/safe.ts'
import {HARM} from './hostile-report.ts'
import {doccheck, folder} from './run-doccheck.ts'

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
      const file = await toVFile(
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
      const report = textReport([file], {color: false})
      expect(report).not.toMatch(HARM)
      expect(report).not.toMatch(/^\s*::/m)
      expect(JSON.stringify(file.messages.map((message) => ({...message})))).not.toMatch(HARM)
    },
  )
})

it('does not take what it makes of a control character for the slash before a password', () => {
  const made = safe('(/\u009b31m@org/team)')
  expect([made, safe(made)]).toEqual(['(/\\u{9b}31m@org/team)', made])
  // What browsers take for one is hidden all the same.
  expect(safe('https:\\\\user:secret@a.org /\\user:secret@a.org')).not.toContain('secret')
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

const WITH_PASSWORDS = `![a](https://me:pw1@example.org/a.png) [b](http:///me:pw2@h/x) [c](http:/me:pw3@h/x) [d](//me:pw4@h/x)
[e](gone.md) [f](\\\\\\\\me:pw5@host/x) [g](http:\\\\me:pw6@host/x) [h][https://me:pw7@host/x]
<a href="\\\\me:pw8@host/x">x</a> <a href="ht
tp://me:pw9@h/">x</a>
`

it.each([...REPORTERS])('no password of a URL is in what %s reports', async (reporter) => {
  const root = folder({'a.md': WITH_PASSWORDS})
  const {code, out, err} = await doccheck(root, ['--offline', '--no-config', '--reporter', reporter])
  expect([code, err]).toEqual([1, ''])
  expect(out).toContain('gone.md')
  expect(out).not.toMatch(/pw\d/)
})

it('nor in what inspect shows', async () => {
  const {out} = await doccheck(folder({'a.md': WITH_PASSWORDS}), ['inspect', 'a.md'])
  expect(out).toContain('(hidden)@example.org')
  expect(out).not.toMatch(/pw\d/)
})

it('tells names of packages, mail addresses and versions from passwords', () => {
  const text =
    'node_modules/@a/b a//b/@c docs//image@2x.png mailto:a@b.c `x@y.z` https://cdn.test/npm/vue@3 ftp://h/a@b 12:30@home'
  expect(withoutCredentials(text)).toBe(text)
})
