import fc, {type Arbitrary} from 'fast-check'
import {expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {pythonMarkdownIds} from '../src/site/platforms/mkdocs/heading-ids.ts'
import {mkdocsSyntax} from '../src/site/platforms/mkdocs/syntax.ts'
import {python} from './needs.ts'
import {type Rendered, renderedByPython, urlsOf} from './rendered.ts'

const EXTENSIONS = ['toc', 'attr_list', 'admonition', 'md_in_html', 'pymdownx.superfences']
const engine = python('pymdownx (Debian: python3-pymdownx)', 'markdown, pymdownx')

async function ours(text: string): Promise<Rendered> {
  const page = await readPage('page.md', text, mkdocsSyntax(EXTENSIONS))
  return {
    urls: urlsOf(page),
    ids: pythonMarkdownIds(page.headings, [], true).filter((id) => id !== undefined),
  }
}

const SIMPLE = fc.constantFrom(
  'Text [a](u.md) and ![b](u.png)',
  '## Heading [h](u.md)',
  '```html\n<div>\n[no](u.md)\n# no\n```',
  '    <div>\n    [no](u.md)',
  '<div class="a">\n[no](u.md)\n\n<a href="u.md">x</a>\n\n# no\n</div>',
  '<p>one <img src="u.png"> two\n\n[no](u.md)</p>',
  '<div>\n[no](u.md)\n</div>\nText [a](u.md)',
  '<div><pre><code>one\n\n<span>two</span>() = 3\n```</code></pre></div>',
  '<details><summary>[no](u.md)</summary>\n\n[no](u.md)\n\n</details>',
  '<a href="u.md">\n![image](u.png)\n</a>',
  '<span>text</span> [a](u.md)',
  '<hr>\n\nText [a](u.md)',
  '<figure markdown>\n  ![b](u.png)\n  <figcaption>[no](u.md)</figcaption>\n</figure>',
  '<figure markdown="span">\n  ![b](u.png){ width=300 }\n</figure>',
  '<details markdown="1"><summary>Summary</summary>\n[a](u.md)\n</details>',
  '<p markdown="1">text [a](u.md)</p>',
  '<div markdown="0">\n[no](u.md)\n\n[no](u.md)\n</div>',
  '<!-- <div> -->\n\nText [a](u.md)',
  '!!! note\n\n    <figure markdown>\n      ![b](u.png)\n    </figure>\n\n    [a](u.md)',
  '-   item\n\n    <details>\n    <summary>[s](u.md)</summary>\n\n    [a](u.md)\n\n    </details>',
  '1.  item\n\n    <p align="center">\n      <img src="u.png"> [a](u.md)\n    </p>',
  '- item [a](u.md)\n- item\n\n    text [b](u.md)',
)

/** Blocks, in elements whose content is Markdown up to a depth. */
function blocks(depth: number): Arbitrary<string> {
  if (depth === 0) return SIMPLE
  const inner = fc.array(blocks(depth - 1), {minLength: 1, maxLength: 3}).map((all) => all.join('\n\n'))
  return fc.oneof(
    {weight: 4, arbitrary: SIMPLE},
    {weight: 1, arbitrary: inner.map((text) => `<div class="grid" markdown>\n\n${text}\n\n</div>`)},
    {weight: 1, arbitrary: inner.map((text) => `<aside markdown="block">\n${text}\n</aside>`)},
  )
}

it.skipIf(!engine)('reads HTML, and Markdown in it, as Python-Markdown does', async () => {
  const pages = fc
    .sample(fc.array(blocks(2), {minLength: 1, maxLength: 4}), {numRuns: 300, seed: 7})
    .map((all) => {
      let count = 0
      return `${all.join('\n\n')}\n`.replace(/\bu(?=\.\w)/g, (name) => name + count++)
    })
  const expected = renderedByPython(engine!, pages, EXTENSIONS)
  for (const [index, text] of pages.entries()) expect(await ours(text), text).toEqual(expected[index])
})
