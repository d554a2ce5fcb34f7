import {readFileSync} from 'node:fs'
import path from 'node:path'
import {micromark} from 'micromark'
import {describe, expect, it} from 'vitest'
import {doccheck, folder} from './run-doccheck.ts'

/** Names that hold what Markdown, HTML or a URL reads otherwise. */
const NAMES = [
  'why?',
  'c#',
  '100%',
  '50%20off',
  'a(b',
  'a)b(',
  'a <b>',
  "it's",
  'say "no"',
  'a&amp;b',
  'a & b',
  'two  spaces',
  'übung',
  'naïve',
  '日本',
  'e\u0301t\u0301',
  'a\\b',
  'a`b`',
  'a*b*',
  '_a_b',
  '[a]',
  'a|b',
  '{a}',
  '$a$',
  'a:b',
  '~a~',
  'a+b',
  'a;b,c=d@e',
  '#a',
  '?a',
  '%',
]
const WRITTEN: [form: string, write: (url: string) => string][] = [
  ['a link', (url) => `[x](<${url}> "t")\n`],
  ['a definition', (url) => `[x]\n\n[x]: <${url}>\n`],
  ['HTML', (url) => `<a href="${url}">x</a>\n`],
  ['a table', (url) => `| a |\n| --- |\n| [x](<${url}>) |\n`],
]

/** A path as a URL, percent-encoded where it has to be. */
const encoded = (text: string) =>
  text.replace(
    /[^\w.:,;=@+*~$\-\u0080-\uFFFF]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** Where a browser goes from a page. */
function targetOf(page: string): string {
  const [, href = ''] = /href="([^"]*)"/.exec(micromark(page, {allowDangerousHtml: true})) ?? []
  return decodeURIComponent(new URL(href.replaceAll('&amp;', '&'), 'https://example.org/').pathname)
}

describe('a link to a file of another letter case is repaired', () => {
  it.each(NAMES)('%j', async (name) => {
    for (const [form, write] of WRITTEN) {
      const file = `sub/${name}.md`
      const root = folder({[file]: '# T\n', 'page.md': write(`SUB/${encoded(name)}.md`)})
      const {out} = await doccheck(root, ['--fix', '--offline', '--no-config'])
      const fixed = readFileSync(path.join(root, 'page.md'), 'utf8')
      expect(out, `${form}\n${fixed}`).toContain('no problems')
      expect(out, form).toContain('1 problem fixed')
      // CommonMark knows no tables, but the same link.
      expect(targetOf(fixed.replace(/^\|.*?(?=\[)|\|$/gm, '')), form).toBe(`/${file}`)
    }
  })
})
