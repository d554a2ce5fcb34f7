import {execFileSync} from 'node:child_process'
import fc, {type Arbitrary} from 'fast-check'
import {expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {kramdownGfmIds} from '../src/site/platforms/jekyll/heading-ids.ts'
import {jekyllSyntax} from '../src/site/platforms/jekyll/syntax.ts'
import {ruby} from './needs.ts'
import {type Rendered, urlsOf} from './rendered.ts'

const RUBY = `
require 'json'
require 'kramdown'
require 'kramdown-parser-gfm'
puts JSON.parse(STDIN.read).map { |text|
  html = Kramdown::Document.new(text, input: 'GFM').to_html
  {urls: html.scan(/<(?:a href|img src)="([^"]*)"/).flatten, ids: html.scan(/<h2 id="([^"]*)"/).flatten}
}.to_json
`
const engine = ruby('kramdown (Debian: ruby-kramdown-parser-gfm)', 'kramdown', 'kramdown-parser-gfm')

/** The facts of pages as the real kramdown renders them. */
const real = (pages: readonly string[]): Rendered[] =>
  JSON.parse(
    execFileSync(engine!, ['-e', RUBY], {input: JSON.stringify(pages), maxBuffer: 1 << 28, encoding: 'utf8'}),
  )

async function ours(text: string): Promise<Rendered> {
  const page = await readPage('page.md', text, jekyllSyntax(true, false))
  for (const {url, target} of page.links) expect(text.slice(target.start, target.end), text).toContain(url)
  return {urls: urlsOf(page), ids: kramdownGfmIds(page.headings).filter((id) => id !== undefined)}
}

const LABELLED = fc
  .tuple(fc.nat(1_000_000), fc.constantFrom('u.md', 'u.html(b', 'my u.html', 'u.md "T"'))
  .map(([label, url]) => `See [it][${label}].\n\n[${label}]: ${url}`)

const SIMPLE = fc.constantFrom(
  'Text [a](u.md) and ![b](u.png)',
  'Spaces [a](my u.md), ![b](my u.png "T") and [c](u (1).md)',
  '## Lämp [h](u.md)',
  '```html\n<div>\n[no](u.md)\n# no\n```',
  '~~~\n<div markdown="1">\n~~~',
  '    <div>\n    [no](u.md)',
  '<div class="a">\n[no](u.md)\n\n<a href="u.md">x</a>\n\n# no\n```\n</div>',
  '<p>one <img src="u.png"> two\n\n[no](u.md)</p>',
  '<div><pre><code>one\n\n<span>two</span>() = 3\n```</code></pre></div>',
  '<div>\n[no](u.md)\n</div>\nText [a](u.md)',
  '<div>\n[no](u.md)\n</div> text [a](u.md)',
  '<img src="u.png">\ntext [a](u.md)',
  '<p markdown="1">\n    text [a](u.md)</p>',
  '<p markdown="1">\ntext [a](u.md)\n</p>',
  '<div>\n  <p markdown="1">text [a](u.md)</p>\n  <b>[no](u.md)</b>\n</div>',
  '<script>\nif (a < b) "<div>"\n\n[no](u.md)\n</script>',
  '<!-- <div> -->\n\nText [a](u.md)',
  '- item [a](u.md)\n- item\n\n  text [b](u.md)',
)

/** Blocks, in elements whose content is Markdown up to a depth. */
function blocks(depth: number): Arbitrary<string> {
  const simple = fc.oneof({weight: 5, arbitrary: SIMPLE}, {weight: 1, arbitrary: LABELLED})
  if (depth === 0) return simple
  const inner = fc.array(blocks(depth - 1), {minLength: 1, maxLength: 3}).map((all) => all.join('\n\n'))
  return fc.oneof(
    {weight: 4, arbitrary: simple},
    {weight: 1, arbitrary: inner.map((text) => `<div markdown="1" class="x">\n${text}\n</div>`)},
    {weight: 1, arbitrary: inner.map((text) => `<aside markdown="block">\n\n${text}\n\n</aside>`)},
  )
}

it.skipIf(!engine)('reads HTML, definitions and destinations as kramdown does', async () => {
  const pages = fc
    .sample(fc.array(blocks(2), {minLength: 1, maxLength: 4}), {numRuns: 300, seed: 3})
    .map((all) => {
      let count = 0
      return `${all.join('\n\n').replace(/\bu(?=\.\w| \()/g, (name) => name + count++)}\n`
    })
  const expected = real(pages)
  for (const [index, text] of pages.entries()) expect(await ours(text), text).toEqual(expected[index])
})
