import {docfxSyntax} from '../../src/site/platforms/docfx/syntax.ts'
import {hugoSyntax} from '../../src/site/platforms/hugo/syntax.ts'
import {jekyllSyntax} from '../../src/site/platforms/jekyll/syntax.ts'
import {mdbookSyntax} from '../../src/site/platforms/mdbook/syntax.ts'
import {readMkdocs} from '../../src/site/platforms/mkdocs/config.ts'
import {includePatterns} from '../../src/site/platforms/mkdocs/includes.ts'
import {mkdocsSyntax} from '../../src/site/platforms/mkdocs/syntax.ts'
import {mystSyntax} from '../../src/site/platforms/myst/syntax.ts'
import {vitepressSyntax} from '../../src/site/platforms/vitepress/syntax.ts'
import {counted, reading, repeated, type Series} from './series.ts'

const hugo = hugoSyntax(
  ['highlight', 'code'],
  [
    ['\\(', '\\)'],
    ['$$', '$$'],
  ],
)
const liquid = jekyllSyntax(true, false)
const kramdown = jekyllSyntax(false, false)

/** An ordinary page. */
const ordinary = (size: number) =>
  repeated(
    '## A heading\n\nSome text with a [link](b.md#c), `code`, *emphasis*, ![an image](c.png) and [a][b].\n\n- item\n- <a href="x.md" id="y">z</a>\n\n[b]: d.md\n\n',
    size,
  )

const pythonMarkdown = mkdocsSyntax([
  'admonition',
  'def_list',
  'pymdownx.details',
  'pymdownx.tabbed',
  'pymdownx.blocks.tab',
])

const includes = {
  ...pythonMarkdown,
  includes: includePatterns(
    readMkdocs({markdown_extensions: ['pymdownx.snippets', 'markdown_include.include']}, '', ''),
  ),
}

/** Texts of each way to read a page. */
export const readers: readonly Series[] = [
  reading('reader markdown: ordinary pages', ordinary),
  reading('reader markdown: comment behind a heading, spaces', (n) => `# a <!--${' '.repeat(n)}--> x\n`),
  reading(
    'reader markdown: comment in braces behind a heading, spaces',
    (n) => `# a {/*${' '.repeat(n)}*/} x\n`,
  ),
  reading(
    'reader markdown: comments that open behind a heading',
    (n) => `# a ${repeated('<!-- {/* ', n)}-->\n`,
  ),
  reading('reader markdown: comments of HTML that close twice', (n) => `# a ${repeated('<!--a--> ', n)}b\n`),
  reading('reader markdown: id behind a heading, tabs', (n) => `# a${' \t'.repeat(n / 2)}{#b}c\n`),
  reading('reader markdown: braces in a heading', (n) => `# a ${repeated(' {#b} ', n)}c\n`),
  reading('reader markdown: many headings', (n) => repeated('# a\n\n', n)),
  reading('reader markdown: many headings with ids', (n) => repeated('# a {#b}\n\n', n)),
  reading('reader markdown: attribute lists that do not end', (n) => repeated('{:#', n)),
  reading('reader markdown: attribute lists on one line', (n) => repeated('{#a} ', n)),
  reading('reader markdown: attribute list below a heading', (n) => `# a\n{:${repeated('#', n)}\n`),
  reading('reader markdown: open brackets', (n) => repeated('[', n)),
  reading('reader markdown: closed brackets', (n) => repeated(']', n)),
  reading('reader markdown: nested brackets', (n) => `${'['.repeat(n / 2)}a${']'.repeat(n / 2)}`),
  reading('reader markdown: nested full references', (n) => {
    const depth = n / 6
    return `${'['.repeat(depth)}a][b]${' x][b]'.repeat(depth - 1)}`
  }),
  reading('reader markdown: nested links', (n) => `${'['.repeat(n / 6)}a${'](b) '.repeat(n / 6)}`),
  reading('reader markdown: undefined references', (n) => repeated('[a][b] ', n)),
  reading('reader markdown: undefined references with long labels', (n) =>
    repeated(`[a][${'b '.repeat(490)}] `, n),
  ),
  reading('reader markdown: lone brackets', (n) => repeated('[a] ', n)),
  reading('reader markdown: lone brackets within lists', (n) => repeated('- [a] b\n', n)),
  reading('reader markdown: brackets before text in parentheses', (n) => repeated('[a] (b) ', n)),
  reading('reader markdown: brackets before open parentheses', (n) => repeated('[a](b ', n)),
  reading('reader markdown: brackets before nested parentheses', (n) => repeated('[a](b (c ', n)),
  reading('reader markdown: parentheses before brackets', (n) => repeated('(a)[b] *c* ', n)),
  reading('reader markdown: open parentheses before brackets', (n) => `${repeated('(', n)})[a]`),
  reading('reader markdown: spaces in a destination', (n) => `[a](b${' '.repeat(n)}c)`),
  reading('reader markdown: ranges of an expression', (n) => `[${repeated('a-z', n)}!][b]`),
  reading('reader markdown: calls', (n) => `[a${'.b'.repeat(n / 4)}(!][${'b'.repeat(n / 2)}(c)]`),
  reading('reader markdown: brackets with escapes', (n) => repeated('[\\[', n)),
  reading(
    'reader markdown: label over lines of quotes',
    (n) => `> [a${repeated('\n> > ', Math.min(n, 900))}b]\n`,
  ),
  reading('reader markdown: math in parentheses', (n) => `${repeated('\\\\(', n)} [a][b]`),
  reading('reader markdown: math in brackets', (n) => `${repeated('\\\\[', n)} [a][b]`),
  reading('reader markdown: math between dollars', (n) => `${repeated('$a ', n)} [a][b]`),
  reading('reader markdown: math between dollars with escapes', (n) => `${repeated('$\\a', n)} [a][b]`),
  reading('reader markdown: math between two dollars', (n) => `${repeated('$$a ', n)} [a][b]`),
  reading('reader markdown: spaces behind a dollar', (n) => `[a][b] ${repeated(`$a${' '.repeat(50)}`, n)}$`),
  reading('reader markdown: definitions', (n) => counted(n / 12, (at) => `[a${at}]: b.md\n`)),
  reading('reader markdown: images that are defined', (n) =>
    counted(n / 24, (at) => `![a${at}]\n\n[a${at}]: b.png\n\n`),
  ),
  reading(
    'reader markdown: one definition with many references',
    (n) => `[a]: b.md\n\n${repeated('[a] ', n)}`,
  ),
  reading('reader markdown: links', (n) => repeated('[a](b) ', n)),
  reading('reader markdown: links with escapes', (n) => repeated('[a](b\\&amp;) ', n)),
  reading('reader markdown: link with many brackets in its title', (n) => `[a](b "${repeated('](', n)}")`),
  reading('reader markdown: link with many spaces', (n) => `[a](${' '.repeat(n)}b)`),
  reading('reader markdown: long destination', (n) => `[a](${repeated('(b)', n)})`),
  reading('reader markdown: long destination with escapes', (n) => `[a](${repeated('\\(&amp;', n)})`),
  reading('reader markdown: images within links', (n) => repeated('[![a](b)](c) ', n)),
  reading('reader markdown: autolinks', (n) => repeated('<https://a.org> ', n)),
  reading('reader markdown: bare URLs', (n) => repeated('https://a.org/b ', n), {excuse: 'the parser'}),
  // The parser counts characters from the start of the line for each link, unless all of them are ASCII, which covered
  // code is not.
  reading('reader markdown: outputs of templates in links on one line', (n) => repeated('[a]({{x}}) ', n), {
    excuse: 'the parser',
  }),
  reading('reader markdown: outputs of templates in links', (n) => repeated('[a]({{x}})\n\n', n)),
  reading('reader markdown: outputs of templates in headings', (n) => repeated('# {{x}}\n\n', n)),
  reading('reader markdown: many outputs in one heading', (n) => `# ${repeated('{{x}} ', n)}\n`),
  reading('reader markdown: outputs that do not end', (n) => repeated('{{', n)),
  reading('reader markdown: tags that do not end', (n) => repeated('{% ', n)),
  reading('reader markdown: spaces before outputs', (n) => `${repeated(`${' '.repeat(99)}{{x}} a\n`, n)}`),
  reading('reader markdown: spaces around one output', (n) => `a${' '.repeat(n)}{{x}}`),
  reading('reader markdown: many outputs on a line of spaces', (n) => repeated('{{x}}  ', n)),
  reading('reader markdown: lines of CR', (n) => repeated('a\r', n)),
  reading('reader markdown: lines of CR LF', (n) => repeated('a\r\n', n)),
  reading('reader markdown: blank lines', (n) => repeated('\n', n)),
  reading('reader markdown: code', (n) => repeated('<code>a</code> [b] ', n)),
  reading('reader markdown: control comments', (n) => repeated('<!-- lint disable a -->\n\n', n)),
  reading(
    'reader markdown: spaces in a control comment',
    (n) => `lint ${repeated(`<!--${' '.repeat(40)}`, n)}`,
  ),
  reading('reader markdown: table', (n) => `| a | b |\n| - | - |\n${repeated('| [c](d) | {{e}} |\n', n)}`),
  reading('reader markdown: lists in lists', (n) =>
    counted(Math.sqrt(n / 2), (at) => `${' '.repeat(at * 2)}- [a]\n`),
  ),

  reading('reader html: tags', (n) => repeated('<a href="b.md">c</a> ', n)),
  reading('reader html: block of tags', (n) => `<div>\n${repeated('<a href="b.md">c</a>\n', n)}</div>`),
  reading('reader html: tag that does not end', (n) => `<div ${repeated('a="b" ', n)}`),
  reading('reader html: attributes', (n) => `<a ${repeated('id="b" ', n)}>`),
  reading('reader html: attribute of spaces', (n) => `<div\n><a href="${' '.repeat(n)}b">c</a></div>`),
  reading(
    'reader html: spaces behind an attribute',
    (n) => `<div\n><a ${repeated(`href${' '.repeat(99)}`, n)}>`,
  ),
  reading('reader html: possible links', (n) => repeated('<a href="b.md" to="/c">d</a> ', n)),
  reading('reader html: headings', (n) => repeated('<h2 id="a">b</h2>\n\n', n)),
  reading('reader html: headings in one block', (n) => `<div>\n${repeated('<h2 id="a">b</h2>\n', n)}</div>`),
  reading('reader html: closing tags of headings that do not end', (n) => `<div>\n${repeated('</h2 ', n)}`),
  reading('reader html: comments in headings', (n) => `<h2>${repeated('<!-- ', n)}</h2>`),
  reading('reader html: angle brackets in a heading', (n) => `<h2>\n${repeated('< ', n)}\n</h2>`),
  reading('reader html: srcset', (n) => `<img srcset="${repeated('a.png 2x, ', n)}">`),
  reading('reader html: srcset with open parentheses', (n) => `<img srcset="${repeated('a ( ', n)}">`),
  reading('reader html: srcset of commas', (n) => `<img srcset="${repeated(',', n)}">`),
  reading('reader html: srcset of spaces and commas', (n) => `<img srcset="${repeated(' ,', n)}">`),
  reading('reader html: srcset of letters', (n) => `<img srcset="${repeated('a', n)}">`),
  reading('reader html: srcset of letters and commas', (n) => `<img srcset="${repeated('a,', n)}">`),
  reading('reader html: character references', (n) => `<a href="${repeated('&amp;', n)}">b</a>`),
  reading('reader html: Markdown within it', (n) => `<div ${repeated('markdown=1 ', n)}`, liquid),
  reading('reader html: all of it Markdown', (n) => `<div ${repeated('a ', n)}`, {
    markdownInHtml: true,
  }),
  reading('reader html: tags of which all is Markdown', (n) => repeated('<div a="b"> ', n), {
    markdownInHtml: true,
  }),

  reading('reader front matter: flat', (n) => `---\n${counted(n / 12, (at) => `key${at}: b\n`)}---\n`, {
    places: true,
  }),
  reading('reader front matter: a list', (n) => `---\na:\n${repeated('- b\n', n)}---\n`, {places: true}),
  reading(
    'reader front matter: HTML',
    (n) => `---\na: |\n${repeated('  <img src="b.png">\n', n)}c: d\n---\n`,
  ),
  reading('reader front matter: paths', (n) => `---\na:\n${repeated('- /b\n', n)}---\n`),
  reading('reader front matter: spaces and CR', (n) => `---\na:${' '.repeat(n)}\rb\n---\n`),
  reading('reader front matter: spaces in a value', (n) => `---\na: b${' '.repeat(n)}c\n---\n`),
  reading('reader front matter: spaces in an item', (n) => `---\na:\n - b${' '.repeat(n)}c\n---\n`),
  reading('reader front matter: words as a key', (n) => `---\n${repeated('a ', n)}\n---\n`),
  reading('reader front matter: digits', (n) => `---\na: ${repeated('1', n)}x\n---\n`),
  reading('reader front matter: hash signs', (n) => `---\na: ${repeated('a#', n)} #\n---\n`),
  reading('reader front matter: comments', (n) => `---\n${repeated('# a\n', n)}`),
  reading(
    'reader front matter: spaces behind a fence',
    (n) => `---\na: b\n${repeated(`---${' '.repeat(40)}x\n`, n)}`,
  ),
  reading('reader front matter: a fence of spaces', (n) => `---${' '.repeat(n)}x\n`),
  reading('reader front matter: templates in quotes', (n) => `---\na: "${repeated('{{ ', n)}"\n---\n`),
  reading(
    'reader front matter: templates as entries',
    (n) => `---\n${counted(n / 20, (at) => `k${at}: "{{ a }}"\n`)}---\n`,
  ),
  reading('reader front matter: duplicate keys', (n) => `---\n${repeated('a: b\n', n)}---\n`),
  reading('reader front matter: tags', (n) => `---\na: ${repeated('!x ', n)}\n---\n`),
  reading('reader front matter: keys within keys', (n) => `---\n${repeated('? ', n)}\n---\n`),
  reading('reader front matter: open quotes', (n) => `---\n${repeated('"', n)}\n---\n`),
  reading('reader front matter: Docfx content', (n) => `---\nuid: a\nb: ${' '.repeat(n)}*content\n---\n`),
  reading('reader front matter: Docfx spaces', (n) => `---\nuid: a\nb:${' '.repeat(n)}c\n---\n`),
  reading(
    'reader front matter: YAML maps',
    (n) => `---\n${counted(n / 20, (at) => `key${at}:\n  a: {b: c}\n`)}---\n`,
    {places: true},
  ),
  reading('reader front matter: TOML', (n) => `+++\n${counted(n / 12, (at) => `key${at} = 1\n`)}+++\n`, {
    places: true,
  }),
  reading('reader front matter: TOML quotes', (n) => `+++\na = '${repeated('{{', n)}'\n+++\n`),
  reading(
    'reader front matter: TOML strings that do not end',
    (n) => `+++\n${repeated('"""{{\\', n)}\n+++\n`,
  ),
  reading('reader front matter: JSON', (n) => `{\n${counted(n / 12, (at) => `"key${at}": 1,\n`)}"a": 1}\n`, {
    places: true,
  }),
  reading('reader front matter: JSON that does not end', (n) => `{\n${repeated('"a": {', n)}\n`),
  reading('reader front matter: JSON braces on lines', (n) => `{\n"a": 1\n${repeated('} \n', n)}x`),
  reading('reader front matter: JSON of spaces', (n) => `{\n${' '.repeat(n)}x\n`),
  reading('reader front matter: JSON quotes', (n) => `{ "${repeated('\\"', n)}\n`),

  reading(
    'reader liquid: ordinary pages',
    (n) => repeated('{% if a %}\n[b]({{ c }})\n{% endif %}\n\n', n),
    kramdown,
  ),
  reading('reader liquid: comments that do not end', (n) => repeated('{% comment %}', n), liquid),
  reading('reader liquid: raw blocks that do not end', (n) => repeated('{% raw %}', n), liquid),
  reading('reader liquid: raw blocks', (n) => repeated('{% raw %}a{% endraw %} ', n), liquid),
  reading(
    'reader liquid: one large raw block',
    (n) => `{% raw %}${repeated('{% a ', n)}{% endraw %}`,
    liquid,
  ),
  reading(
    'reader liquid: highlighted code that does not end',
    (n) => repeated('{% highlight a %}', n),
    liquid,
  ),
  reading('reader liquid: tags that do not end', (n) => repeated('{%', n), liquid),
  reading('reader liquid: spaces in tags', (n) => repeated(`{%${' '.repeat(50)}`, n), liquid),
  reading('reader liquid: outputs that do not end', (n) => repeated('{{', n), liquid),
  reading('reader liquid: extensions that do not end', (n) => repeated('{::comment}', n), liquid),
  reading('reader liquid: extensions without names', (n) => repeated('{::', n), liquid),
  reading('reader liquid: ends of tags before hashes', (n) => repeated('-%}  ', n), liquid),
  reading('reader liquid: attribute lists with ids', (n) => repeated('{:id', n), liquid),

  reading(
    'reader kramdown: elements that are not closed',
    (n) => repeated('<div>\n<br>\n', n),
    jekyllSyntax(true, false),
  ),
  reading(
    'reader kramdown: text that is not closed',
    (n) => repeated('<p markdown="1">\n</p><div markdown="1">\n', n),
    jekyllSyntax(true, false),
  ),
  reading(
    'reader kramdown: fences that are not closed',
    (n) => counted(n / 9, (at) => `<div>\n~~~${'~'.repeat(at % 90)}\n`),
    jekyllSyntax(true, false),
  ),
  reading('reader kramdown: destinations', (n) => repeated('](a ', n), jekyllSyntax(true, false)),
  reading(
    'reader kramdown: spaces in destinations',
    (n) => `](a${repeated(' ', n)}b`,
    jekyllSyntax(true, false),
  ),
  reading(
    'reader kramdown: definitions with spaces',
    (n) => `[a]: b${repeated(' ', n)}"`,
    jekyllSyntax(true, false),
  ),
  reading('reader kramdown: headings', (n) => repeated('# a {#b}\n\n', n), kramdown),
  reading('reader kramdown: underlines', (n) => repeated('a\n---\n\n', n), kramdown),
  reading(
    'reader kramdown: fences that do not end',
    (n) => counted(Math.sqrt(2 * n), (at) => `${'~'.repeat(3 + at)}\n\n`),
    kramdown,
  ),
  reading('reader kramdown: hashes behind markers', (n) => repeated('> - 1. ', n), {
    ...kramdown,
    excuse: 'the parser: nested quotes and lists',
  }),
  reading('reader kramdown: attribute lists before hashes', (n) => repeated('{:a} ', n), kramdown),
  reading('reader kramdown: tags before hashes', (n) => repeated('<a> ', n), kramdown),
  reading('reader kramdown: footnotes that do not end', (n) => repeated('[^a', n), kramdown),
  reading('reader kramdown: spaces on a line', (n) => `a\n${' '.repeat(n)}b\n---\n`, kramdown),

  reading(
    'reader mdx: ordinary pages',
    (n) => `import A from './a.js'\n\n${repeated('# {a.b}\n\n<A href="b">c</A>\n\n', n)}`,
    {mdx: true, from: 3125},
  ),
  reading('reader mdx: imports without an end', (n) => repeated('import a\n', n), {mdx: true}),
  reading('reader mdx: imports in paragraphs', (n) => repeated('import a\n\n', n), {mdx: true}),
  reading('reader mdx: imports', (n) => counted(n / 24, (at) => `import a${at} from 'b'\n`), {mdx: true}),
  reading('reader mdx: names of an import', (n) => `import {${repeated('a as b, ', n)}} from 'c'\n`, {
    mdx: true,
  }),
  reading('reader mdx: words of an import', (n) => `import ${repeated('a ', n)} from 'c'\n`, {mdx: true}),
  reading('reader mdx: one word of an import', (n) => `import ${repeated('a', n)} 'c'\n`, {mdx: true}),
  reading('reader mdx: text before imports', (n) => `${' '.repeat(n)}\nimport a from 'b'\n`, {mdx: true}),
  reading('reader mdx: braces', (n) => repeated('{a} ', n), {
    mdx: true,
    from: 1000,
    excuse: 'the parser',
  }),
  reading('reader mdx: nested braces', (n) => `${'{'.repeat(n / 2)}${'}'.repeat(n / 2)}`, {
    mdx: true,
    from: 300,
  }),
  reading('reader mdx: braces that do not end', (n) => repeated('{a ', n), {mdx: true}),
  reading('reader mdx: comments that do not end', (n) => repeated('<!-- ', n), {mdx: true}),
  reading('reader mdx: comments of JavaScript that do not end', (n) => `{${repeated('/*', n)}}\n`, {
    mdx: true,
  }),
  reading('reader mdx: strings that do not end', (n) => `{${repeated(`'\\a`, n)}}\n`, {mdx: true}),
  reading('reader mdx: templates of JavaScript that do not end', (n) => `{${repeated('\\`', n)}}\n`, {
    mdx: true,
  }),
  reading('reader mdx: blank lines in statements', (n) => `export const a = (\n${repeated(' \n', n)}`, {
    mdx: true,
  }),
  reading('reader mdx: lines of spaces in statements', (n) => `export const a = (\n${' '.repeat(n)}b`, {
    mdx: true,
  }),
  reading('reader mdx: fences', (n) => repeated('```\na\n```\n', n), {mdx: true}),
  reading(
    'reader mdx: fences that do not end',
    (n) => counted(Math.sqrt(2 * n), (at) => `${'`'.repeat(3 + at)}\n`),
    {mdx: true},
  ),
  reading('reader mdx: wrapped in fences', (n) => repeated('```mdx-code-block\n', n), {mdx: true}),
  reading('reader mdx: ticks', (n) => counted(Math.sqrt(2 * n), (at) => `${'`'.repeat(at + 1)} `), {
    mdx: true,
  }),
  reading('reader mdx: paragraphs of ticks', (n) => repeated('` a\n\n', n), {mdx: true}),
  reading('reader mdx: markers before fences', (n) => `${repeated('> ', n)}\n`, {
    mdx: true,
    excuse: 'the parser: nested quotes',
  }),
  reading('reader mdx: names of components', (n) => `<A${repeated('.b', n)} />\n`, {mdx: true}),

  reading('reader hugo: ordinary pages', (n) => repeated('# a {{< b >}}\n\n{{% c %}}\n\n$$x$$\n\n', n), hugo),
  reading('reader hugo: possible links', (n) => repeated('{{< b "/c" >}} ', n), hugo),
  reading('reader hugo: shortcodes that do not end', (n) => repeated('{{< highlight a >}}', n), hugo),
  reading('reader hugo: shortcodes that are open', (n) => repeated('{{< highlight ', n), hugo),
  reading('reader hugo: shortcodes with blanks', (n) => repeated(`{{<${' '.repeat(50)}`, n), hugo),
  reading('reader hugo: shortcodes within others', (n) => `{{< code >}}${repeated('{{< a >}}', n)}`, hugo),
  reading('reader hugo: passed through, not ended', (n) => repeated('\\( a ', n), hugo),
  reading('reader hugo: passed through among shortcodes', (n) => repeated('{{< a >}} $$b$$ ', n), hugo),
  reading(
    'reader hugo: ticks',
    (n) => `$$ ${counted(Math.sqrt(2 * n), (at) => `${'`'.repeat(at + 1)} `)}`,
    hugo,
  ),
  reading('reader hugo: ticks of one length', (n) => `${repeated('` a\n\n', n)}$$`, hugo),
  reading(
    'reader hugo: fences that do not end',
    (n) => `${counted(Math.sqrt(2 * n), (at) => `${'~'.repeat(at + 3)}\n\n`)}$$`,
    hugo,
  ),
  reading('reader hugo: definitions', (n) => repeated(':  a\n', n), hugo),
  reading('reader hugo: blanks in definitions', (n) => repeated(`:${' '.repeat(50)}\n`, n), hugo),
  reading('reader hugo: lines in a heading', (n) => `${repeated('a\n', n)}===\n`, hugo),

  reading(
    'reader python-markdown: ordinary pages',
    (n) => repeated('!!! note\n    ## a\n\n::: b.c\n\n', n),
    pythonMarkdown,
  ),
  reading('reader python-markdown: snippets', (n) => repeated('-;', n), pythonMarkdown),
  reading('reader python-markdown: blanks', (n) => repeated('  \t', n), pythonMarkdown),
  reading(
    'reader python-markdown: lines of blanks',
    (n) => repeated(`${' '.repeat(50)}\n`, n),
    pythonMarkdown,
  ),
  reading('reader python-markdown: labels', (n) => repeated('[a', n), pythonMarkdown),
  reading('reader python-markdown: lines of blanks before labels', (n) => repeated(' \n', n), pythonMarkdown),
  reading(
    'reader python-markdown: definitions',
    (n) => counted(n / 12, (at) => `[a${at}]: b.md\n`),
    pythonMarkdown,
  ),
  reading('reader python-markdown: blocks', (n) => repeated('!!! a "[b](c)"\n', n), pythonMarkdown),
  reading(
    'reader python-markdown: blocks that are not closed',
    (n) => repeated('/// a\n////\n', n),
    pythonMarkdown,
  ),
  reading('reader python-markdown: quotes', (n) => `=== ${repeated('" ', n)}x`, pythonMarkdown),
  reading('reader python-markdown: words', (n) => `!!! ${repeated('a ', n)}"`, pythonMarkdown),
  reading(
    'reader python-markdown: fences',
    (n) => counted(n / 12, (at) => `\`\`\`a${at}\n: b\n`),
    pythonMarkdown,
  ),
  reading('reader includes: snippets', (n) => repeated('--8<-- "a.md:2:3"\n', n), includes),
  reading('reader includes: marks of snippets', (n) => repeated('--8<--\n', n), includes),
  reading('reader includes: lines of snippets', (n) => `--8<--\n${repeated('a:1\n', n)}`, includes),
  reading('reader includes: names of snippets', (n) => `--8<-- "${repeated('a:1', n)}"\n`, includes),
  reading('reader includes: hyphens', (n) => `${repeated('-', n)}8<`, includes),
  reading('reader includes: braces', (n) => repeated('{!a ', n), includes),
  reading('reader includes: tags', (n) => repeated('{% include a.md %}\n', n), liquid),
  reading('reader includes: names in tags', (n) => `{% include ${repeated('a.md', n)} %}\n`, liquid),
  reading('reader includes: comments', (n) => repeated('<!--@include: a.md-->\n', n), vitepressSyntax),
  reading(
    'reader includes: comments that do not end',
    (n) => repeated('<!--@include: a', n),
    vitepressSyntax,
  ),
  reading(
    'reader includes: snippets among ticks',
    (n) => repeated('` <!--@include: a-->', n),
    vitepressSyntax,
  ),
  reading('reader includes: code that does not end', (n) => repeated('[!code[a](b', n), docfxSyntax),
  reading('reader includes: parameters', (n) => `{{< figure ${repeated('src="a" ', n)}>}}`, {
    ...hugo,
    shortcodeUrls: [{shortcode: 'figure', parameter: 'src', as: 'image'}],
  }),
  reading('reader vue: ordinary pages', (n) => repeated('<Badge text="a" />\n\n# a\n\n', n), vitepressSyntax),
  reading('reader vue: hyphens', (n) => `<a${repeated('-', n)}!\n`, vitepressSyntax),
  reading('reader vue: letters', (n) => `<${repeated('a', n)}!\n`, vitepressSyntax),
  reading('reader vue: comments', (n) => repeated(`<!--${' '.repeat(50)}\n`, n), vitepressSyntax),
  reading('reader mdbook: ordinary pages', (n) => repeated('{{#include a.md}}\n\n# a\n\n', n), mdbookSyntax),
  reading('reader mdbook: includes that do not end', (n) => repeated('{{#include ', n), mdbookSyntax),
  reading('reader mdbook: blanks', (n) => `{{${' '.repeat(n)}`, mdbookSyntax),
  reading(
    'reader myst: ordinary pages',
    (n) => repeated('```{note}\na\n```\n\n(b)=\n# c\n\n', n),
    mystSyntax,
  ),
  reading('reader myst: directives that do not end', (n) => repeated('```{a', n), mystSyntax),
  reading('reader myst: directives in each other', (n) => repeated('```{note}\n:::{tip}\n', n), mystSyntax),
  reading('reader myst: options', (n) => `\`\`\`{card}\n${repeated(':link: a\n', n)}`, mystSyntax),
  reading('reader myst: roles', (n) => repeated('{doc}`a <b>` ', n), mystSyntax),
  reading('reader myst: roles that do not end', (n) => `{doc}\`${repeated('<', n)}\``, mystSyntax),
  reading('reader myst: blanks and quotes', (n) => repeated(' >', n), {
    ...mystSyntax,
    excuse: 'the parser: nested quotes',
  }),
  reading('reader myst: lines of blanks', (n) => repeated(' \n', n), mystSyntax),
  reading('reader myst: targets', (n) => repeated('(a', n), mystSyntax),
  reading('reader docfx: ordinary pages', (n) => repeated('[!include[a](b.md)]\n\n# c\n\n', n), docfxSyntax),
  reading('reader docfx: includes and spaces', (n) => `[!include[a](${' '.repeat(n)}`, docfxSyntax),
  reading('reader docfx: includes that do not end', (n) => repeated('[!include[a](b', n), docfxSyntax),
  reading('reader docfx: blanks of includes', (n) => repeated(`[!include${' '.repeat(50)}`, n), docfxSyntax),
]
