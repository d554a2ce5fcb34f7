import {expect, it} from 'vitest'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

/** The messages about a page of a Jekyll site, without places. */
async function check(files: Record<string, string>, text: string): Promise<(string | undefined)[]> {
  const report = await checkFolder(
    folder({'_config.yml': 'title: x\n', 'a.md': `---\n---\n${text}\n`, ...files}),
  )
  return messagesOf(report).map((each) => /`([^`]*)`/.exec(each)?.[1])
}

const ALL = ['/gone/', '/all.txt', '/out/gone.png', 'gone.html']
const LINKS = '[a](/gone/) [b](/all.txt) ![c](/out/gone.png) {% include gone.html %}'

it.each<[what: string, code: string, doubted: string[]]>([
  ['nothing: tags and filters', "Liquid::Template.register_tag('t', T)", []],
  ['nothing: a hook that reads pages', 'site.pages.each { |p| p.data["x"] = p.data["permalink"] }', []],
  ['nothing: a comment', '# Sets permalink: /x/ and calls Page.new', []],
  ['nothing: a new placeholder', 'Jekyll::Drops::UrlDrop.class_eval do\n def number\n 1\n end\nend', []],
  ['nothing: reading a file', 'File.open(File.join(__dir__, "x.erb")) { |f| f.read }', []],
  ['any page', 'site.pages << Jekyll::PageWithoutAFile.new(site, "", x, "y.html")', ALL.slice(0, 3)],
  [
    'pages of a folder',
    'site.pages << PageWithoutAFile.new(site, site.source, "gone", "#{x[1]}.md")',
    ['/gone/'],
  ],
  ['one page', 'site.pages << PageWithoutAFile.new(site, site.source, "", "gone.md")', ['/gone/']],
  ['another page', 'site.pages << PageWithoutAFile.new(site, site.source, "", "other.md")', []],
  ['any page', 'site.pages << Page.new(site, base, dir(x), "a.md")', ALL.slice(0, 3)],
  ['any page', 'site.pages.concat(more)', ALL.slice(0, 3)],
  ['any page', 'FileUtils.cp_r(source, site.dest)', ALL.slice(0, 3)],
  ['other URLs', 'page.data["permalink"] = "/x/"', ALL.slice(0, 3)],
  ['other URLs', 'module Jekyll\n class Document\n def url\n "/x"\n end\n end\nend', ALL.slice(0, 3)],
  ['other URLs', 'class Jekyll::Drops::UrlDrop\n def title\n 1\n end\nend', ALL.slice(0, 3)],
  ['other URLs', 'site.config["baseurl"] = "/x"', ALL.slice(0, 3)],
  ['one file', 'File.write(site.in_dest_dir("all.txt"), text)', ['/all.txt']],
  ['one file', 'path = File.join(site.dest, "all.txt")\nFile.open(path, "w") { |f| f << 1 }', ['/all.txt']],
  ['files of a kind', 'File.binwrite(File.join(dir, "#{name}.png"), image)', ['/out/gone.png']],
  ['any file', 'path = site.in_dest_dir(page.data["to"])\nFile.write(path, text)', ALL.slice(0, 3)],
  ['any file', 'File.write(page.path.sub(".md", ".txt"), text)', ALL.slice(0, 3)],
  ['pages', 'doc.data["redirect_from"] = doc.data["old"]', ['/gone/']],
  ['pages', 'class A < Converter\n def output_ext(ext)\n ".html"\n end\nend', ['/gone/']],
  [
    'nothing',
    'class A < Converter\n def matches(e)\n e =~ /md/\n end\n def output_ext(ext)\n "x"\n end\nend',
    [],
  ],
  ['includes', 'site.includes_load_paths << "x"', ['gone.html']],
])('the code of a plugin may add %s: %s', async (_what, code, doubted) => {
  expect(await check({'_plugins/deep/x.rb': code}, LINKS)).toEqual(
    ALL.filter((each) => !doubted.includes(each)),
  )
})

it.each<[what: string, config: string, files: Record<string, string>, doubted: string[]]>([
  ['nothing', 'plugins: [premonition, jekyll-diagrams]', {}, []],
  ['anything', 'plugins: [some-plugin]', {}, ALL],
  ['pages of tags', 'plugins: [jekyll/tagging]\ntag_page_dir: /gone', {}, ['/gone/']],
  ['pages of tags elsewhere', 'plugins: [jekyll-tagging]\ntag_page_dir: tag', {}, []],
  ['no pages of AsciiDoc', 'plugins: [jekyll-asciidoc]', {}, []],
  ['pages of AsciiDoc', 'plugins: [jekyll-asciidoc]', {'x/b.adoc': '= B'}, ['/gone/']],
])('plugins that are installed may add %s: %s', async (_what, config, files, doubted) => {
  expect(await check({'_config.yml': config, ...files}, LINKS)).toEqual(
    ALL.filter((each) => !doubted.includes(each)),
  )
})

it('the folder of plugins is the configured one', async () => {
  const code = {'_ruby/x.rb': 'Page.new(site)'}
  expect(await check(code, '[a](/gone/)')).toEqual(['/gone/'])
  expect(await check({...code, '_config.yml': 'plugins_dir: _ruby\n'}, '[a](/gone/)')).toEqual([])
})

it('redirects with a placeholder are unknown, as plugins replace it', async () => {
  const files = {
    '_config.yml': 'plugins: [jekyll-redirect-from]\n',
    'b.md': '---\nredirect_from: /old/:title/\n---\n',
  }
  expect(await check(files, '[a](/old/lamps/) [b](/older/lamps/)')).toEqual(['/older/lamps/'])
})

it('browsers do not go above the root of the host', async () => {
  const files = {'img/x.png': ''}
  expect(await check(files, '![a](../../img/x.png) ![b](../../img/y.png)')).toEqual(['../../img/y.png'])
  const based = await check({...files, '_config.yml': 'baseurl: /lamps\n'}, '![a](../../img/x.png)')
  expect(based).toEqual(['../../img/x.png'])
})

it('links with the base in Liquid count as those without it', async () => {
  const names = Array.from({length: 12}, (_, index) => `page-${index}`)
  const pages = Object.fromEntries(names.map((name) => [`docs/${name}.md`, `---\n---\n`]))
  const links = names.map((name) => `[a]({{ site.baseurl }}/docs/${name}.html)`).join(' ')
  const text = `${links} [b]({{ site.baseurl }}/docs/gone.html) [c](/docs/lost.html)`
  const files = {...pages, '_config.yml': 'baseurl: /x\nurl: https://lamps.test\nplugins: [unheard-of]\n'}
  const report = await checkFolder(folder({...files, 'a.md': `---\n---\n${text}\n`}))
  expect(messagesOf(report).map((each) => each.replace(/^\S+ \S+ /, ''))).toEqual([
    'Unexpected link to missing file `{{ site.baseurl }}/docs/gone.html` (likely: all 12 other targets in /x/docs/ exist)',
  ])
})

it('themes have no files in the folders of assets that a site has of its own', async () => {
  const files = {'assets/lamps/a.png': '', 'assets/cayman/a.png': '', 'assets/css/a.css': ''}
  const names = ['lamps/x.png', 'cayman/x.png', 'css/x.css', 'x.png', 'vases/x.png']
  const text = names.map((name) => `![a](/assets/${name})`).join(' ')
  const themed = {...files, '_config.yml': 'remote_theme: pages-themes/jekyll-theme-cayman@v1\n'}
  expect(await check(themed, text)).toEqual(['/assets/lamps/x.png'])
  expect(await check(files, text)).toHaveLength(5)
})

it.each([
  ['{% for x in site.x %}\n\n- {{ x.title }}\n\n{% endfor %}', ['#gone', '#gone-1']],
  ['{% for x in site.x %}\n\n### Use\n\n{% endfor %}', ['#gone', '#gone-1']],
  ['{% raw %}\n```\n{{ x | markdownify }}\n```\n{% endraw %}', ['#use-1', '#gone', '#gone-1']],
  ['{% raw %}{% endraw %}\n\n{{ x | markdownify }}', []],
  ['{% unheard %}{% endunheard %}', []],
  ['{% endunheard %}', ['#use-1', '#gone', '#gone-1']],
])('Liquid code doubts only the ids that it may add: %j', async (code, expected) => {
  const found = await check({}, `## Use\n\n[a](#use-1) [b](#gone) [c](#gone-1)\n\n${code}`)
  expect(found).toEqual(expected)
})

it.each([
  ['<a href="{{ page.redirect.to }}">', ['/gone/']],
  ['<a href="https://lamps.test/{{ page.redirect_to }}.html">', []],
])('redirects lead where the layout of the site says: %s', async (layout, expected) => {
  const files = {
    '_config.yml': 'plugins: [jekyll-redirect-from]\n',
    '_layouts/redirect.html': layout,
    'b.md': '---\nlayout: redirect\nredirect_to: /gone/\n---\n',
  }
  expect(await check(files, '')).toEqual(expected)
})
