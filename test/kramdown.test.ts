import {execFileSync} from 'node:child_process'
import fc from 'fast-check'
import {expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {kramdownGfmIds} from '../src/site/platforms/jekyll/heading-ids.ts'
import {jekyllSyntax} from '../src/site/platforms/jekyll/syntax.ts'
import {TEXTS} from './headings.ts'
import {ruby} from './needs.ts'

const RUBY = `
require 'json'
require 'kramdown'
require 'kramdown-parser-gfm'
puts JSON.parse(STDIN.read).map { |text|
  Kramdown::Document.new(text, input: 'GFM').to_html.scan(/<h[1-6](?: id="([^"]*)")?[^>]*>/).map { |found| found[0] }
}.to_json
`
const engine = ruby('kramdown (Debian: ruby-kramdown-parser-gfm)', 'kramdown', 'kramdown-parser-gfm')

/** The ids of every heading of each page, as the real kramdown makes them. */
const kramdown = (pages: string[]): (string | null)[][] =>
  JSON.parse(
    execFileSync(engine!, ['-e', RUBY], {input: JSON.stringify(pages), maxBuffer: 1 << 28, encoding: 'utf8'}),
  )

const ours = async (text: string) => {
  const {headings} = await readPage('page.md', text, jekyllSyntax(true, false))
  return kramdownGfmIds(headings).map((id) => id ?? null)
}

// Left out, because CommonMark reads them otherwise before there is a heading: `<<quoted>>`, a tag to it.
const HEADINGS = [
  ...TEXTS,
  'Foo --- bar',
  'Foo ---- bar',
  'It\'s -- "q"',
  'a <!-- c --> b',
  '![img alt](x.png) t',
  'Custom {#my-id}',
  'Custom {: #other .x}',
  'Wait...',
  'Tab\there',
  'نرم\u200cافزار',
  'Ελληνικά ΣΊΣΥΦΟΣ',
  'İstanbul',
  'ქართული',
  'हिन्दी में',
  '~~gone~~',
  'x^2^ y~1~',
  'A `code -- span` and -- dash',
  'Trailing #',
  'Closed ##',
  '\\*escaped\\*',
  'a\\_b',
  'https://example.org/x',
  '100%',
  'ﬁne',
  '①②',
  'a/b_c-d.e',
  'قائمة {#قائمة-تحقّق-قبل}',
  'T {#é1:x-}',
  'T {#1a}',
  'T {#-a}',
  'T {#_a}',
  'T {#a.b}',
  'T {#名前}',
]

it.skipIf(!engine)('makes the ids that kramdown makes', async () => {
  const pages = [HEADINGS.map((text) => `# ${text}`).join('\n\n'), ...HEADINGS.map((text) => `## ${text}\n`)]
  expect(await Promise.all(pages.map(ours))).toEqual(kramdown(pages))
})

// Words of eleven scripts with the marks that headings have.
it.skipIf(!engine)('makes the ids that kramdown makes of generated headings', async () => {
  const word = fc.constantFrom(
    'Install',
    'Größe',
    'Ça',
    'Обзор',
    'Αρχή',
    'שלום',
    'مرحبا',
    'नमस्ते',
    'สวัสดี',
    '開始',
    '시작',
    'はじめに',
    'გამარჯობა',
    'v1.2',
    '2nd',
    'C#',
    'x_y',
    'a-b',
    '`c--d`',
    '--',
    '---',
    '"q"',
    "it's",
    '...',
    '(s)',
    '&',
    '/',
    '+',
    '!',
    ',',
    '🚀',
    '*i*',
    '**b**',
  )
  const heading = fc.array(word, {minLength: 1, maxLength: 6}).map((words) => words.join(' '))
  const pages = fc
    .sample(fc.array(heading, {minLength: 1, maxLength: 8}), {numRuns: 400, seed: 7})
    .map((list) => list.map((text) => `# ${text}`).join('\n\n'))
  expect(await Promise.all(pages.map(ours))).toEqual(kramdown(pages))
})
