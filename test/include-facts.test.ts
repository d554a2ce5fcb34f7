import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import type {Syntax} from '../src/page/syntax.ts'
import {docfxSyntax} from '../src/site/platforms/docfx/syntax.ts'
import {hugoSyntax} from '../src/site/platforms/hugo/syntax.ts'
import {jekyllSyntax} from '../src/site/platforms/jekyll/syntax.ts'
import {mdbookSyntax} from '../src/site/platforms/mdbook/syntax.ts'
import {readMkdocs} from '../src/site/platforms/mkdocs/config.ts'
import {includePatterns} from '../src/site/platforms/mkdocs/includes.ts'
import {quartoSyntax} from '../src/site/platforms/quarto/syntax.ts'
import {vitepressSyntax} from '../src/site/platforms/vitepress/syntax.ts'

const mkdocs = (extension: string): Syntax => ({
  includes: includePatterns(readMkdocs({markdown_extensions: [extension]}, '', '')),
})
const SNIPPETS = mkdocs('pymdownx.snippets')

/** The files that a page includes, each with the part of it and what it is shown as. */
async function includesOn(text: string, syntax: Syntax): Promise<string[]> {
  const {links} = await readPage('a.md', text, syntax)
  return links
    .filter(({kind}) => kind === 'include')
    .map(({target, part, as}) => [text.slice(target.start, target.end), part, as].filter(Boolean).join(' '))
}

describe('the files that a page includes', () => {
  it.each<[string, Syntax, string, string[]]>([
    ['mdbook', mdbookSyntax, 'a {{#include b.md}} c', ['b.md']],
    ['mdbook', mdbookSyntax, '{{ #include ../b.md:2:5 }}', ['../b.md :2:5']],
    ['mdbook', mdbookSyntax, '```rust\n{{#rustdoc_include a.rs:main}}\n```', ['a.rs :main code']],
    ['mdbook', mdbookSyntax, '{{#playground a.rs editable}}', ['a.rs']],
    ['mdbook', mdbookSyntax, '\\{{#include b.md}}', []],
    ['mdbook', mdbookSyntax, '{{#title b.md}}', []],
    ['mkdocs', SNIPPETS, 'a\n\n--8<-- "b.md"\n', ['b.md']],
    ['mkdocs', SNIPPETS, "    -8<- 'b.md:2:-1,4:5'", ['b.md :2:-1,4:5']],
    ['mkdocs', SNIPPETS, '--8<-- "b.md:a-part"', ['b.md :a-part']],
    ['mkdocs', SNIPPETS, '```\n--8<-- "b.py"\n```', ['b.py code']],
    ['mkdocs', SNIPPETS, '--8<--\nb.md\n\n; c.md\n  d.md:2\n--8<--\n', ['b.md', 'd.md :2']],
    ['mkdocs', SNIPPETS, ';--8<-- "b.md"\n\na --8<-- "b.md"', []],
    ['mkdocs', SNIPPETS, '{!b.md!}', []],
    ['mkdocs', mkdocs('markdown_include.include'), 'a {! b.md !} c', ['b.md']],
    ['jekyll', jekyllSyntax(true, false), '{% include a/b.md x="1" y="{{ z }}" %}', ['a/b.md']],
    ['jekyll', jekyllSyntax(true, false), '{%- include_cached b.html -%}', ['b.html code']],
    ['jekyll', jekyllSyntax(true, false), '{% include_relative b.md %}', ['b.md']],
    ['jekyll', jekyllSyntax(true, false), '{% raw %}{% include b.md %}{% endraw %}', []],
    ['jekyll', jekyllSyntax(true, false), '{% comment %}{% include b.md %}{% endcomment %}', []],
    ['jekyll', jekyllSyntax(true, false), '{% include {{ page.name }} %}', []],
    ['vitepress', vitepressSyntax, '<!--@include: ./b.md#part{2,}-->', ['./b.md #part{2,}']],
    ['vitepress', vitepressSyntax, '<!-- @include: @/b.md -->', ['@/b.md']],
    ['vitepress', vitepressSyntax, '`<!--@include: b.md-->`\n\n```md\n<!--@include: b.md-->\n```', []],
    ['quarto', quartoSyntax, '{{< include _b.qmd >}}', ['_b.qmd']],
    ['quarto', quartoSyntax, '{{< embed b.ipynb#fig-a echo=true >}}', ['b.ipynb #fig-a code']],
    ['quarto', quartoSyntax, '{{< video "b.mp4" >}}', ['b.mp4 code']],
    ['quarto', quartoSyntax, 'a {{< include _b.qmd >}}\n\n{{{< include _b.qmd >}}}', []],
    ['docfx', docfxSyntax, 'a [!INCLUDE [b](~/b.md "B")] c', ['~/b.md document']],
    ['docfx', docfxSyntax, '[!code-csharp[b](b.cs?name=c&highlight=2)]', ['b.cs ?name=c&highlight=2 code']],
    ['docfx', docfxSyntax, '[!code[b](Copy of b.cs#c "B")]', ['Copy of b.cs #c code']],
    ['docfx', docfxSyntax, '[!code[b](b.cs?highlight=2, 4-5)]', ['b.cs ?highlight=2, 4-5 code']],
    ['docfx', docfxSyntax, '`[!include[b](b.md)]` <!-- [!include[b](b.md)] -->', []],
  ])('of %s', async (_, syntax, text, expected) => {
    expect(await includesOn(text, syntax)).toEqual(expected)
  })

  it('are not links with spaces', async () => {
    const {misspelled} = await readPage('a.md', '[!code[b](b c.cs)] [d](e f.md)', docfxSyntax)
    expect(misspelled?.map(({url}) => url)).toEqual(['e f.md'])
  })
})

describe('the parameters of shortcodes of Hugo', () => {
  const syntax = hugoSyntax(
    [],
    [],
    [
      {shortcode: 'figure', parameter: 'src', as: 'image'},
      {shortcode: 'figure', parameter: 'link', as: 'link'},
      {shortcode: 'show', parameter: '0', as: 'include'},
    ],
  )

  it.each<[string, string[]]>([
    ['{{< figure src="b.png" link="/c/" caption="src=d.png" >}}', ['image b.png', 'link /c/']],
    ['{{< figure\n  src=`b.png`\n>}}', ['image b.png']],
    ['{{% show "a/b" %}} {{% show a/c x %}}', ['include a/b', 'include a/c']],
    ['{{</* figure src="b.png" */>}}', []],
    ['<!-- {{< figure src="b.png" >}} -->', []],
    ['{{< figures src="b.png" >}}', []],
  ])('in %j', async (text, expected) => {
    const {links} = await readPage('a.md', text, syntax)
    const found = links.map(({kind, image, target}) => {
      const as = kind === 'include' ? kind : image ? 'image' : 'link'
      return `${as} ${text.slice(target.start, target.end)}`
    })
    expect(found).toEqual(expected)
  })
})
