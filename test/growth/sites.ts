import {readPage} from '../../src/page/read-page.ts'
import type {Page} from '../../src/page/types.ts'
import {describeSites} from '../../src/site/describe-sites.ts'
import type {PageSource, TreeContext} from '../../src/site/platform.ts'
import {sampleOf, sampleSites} from './platforms.ts'
import {counted, repeated, type Series, series, treeOf} from './series.ts'

/** Words that have no number in common. */
export const word = (at: number) => at.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]!)

interface Input {
  context: TreeContext & PageSource
  pages: readonly Page[]
}

/** A series that makes the sites of a tree, and asks where its files are published and where the links of pages lead. */
export const resolving = (
  name: string,
  files: (size: number) => Record<string, string>,
  more: Partial<Pick<Series, 'unit' | 'from' | 'excuse'>> = {},
): Series =>
  series<Input>({
    name: `site ${name}`,
    unit: 'items',
    ...more,
    of: async (size) => {
      const tree = treeOf(files(size))
      const pages = new Map<string, Page>()
      const context = {
        tree,
        isPage: (path: string) => /\.mdx?$/.test(path),
        page: (path: string) => pages.get(path),
      }
      const sites = await describeSites(context)
      for (const path of tree.files)
        if (context.isPage(path)) {
          const syntax = {...sites.of(path).syntax, mdx: path.endsWith('.mdx')}
          pages.set(path, await readPage(path, await tree.read(path), syntax))
        }
      return {context, pages: [...pages.values()]}
    },
    run: async ({context, pages}) => {
      const sites = (await describeSites(context)).publish(context)
      let found = 0
      for (const file of context.tree.files) found += sites.of(file).urlsOf(file).length + 1
      for (const page of pages) {
        const resolve = sites.resolverFor(page.path)
        for (const link of page.links) found += resolve(link).to.length
        const anchors = sites.of(page.path).anchorsOf(page)
        for (const {url} of page.links) if (anchors.has(url.slice(url.indexOf('#') + 1))) found++
        found += sites.publishedAt(sites.of(page.path), `/${page.path}`).length
      }
      return found
    },
  })

/** A page of links to what is there and what is not, among many others. */
const linked = (folder: string, n: number): Record<string, string> => ({
  [`${folder}/the-links.md`]: counted(
    n,
    (at) =>
      `[a](${word(at)}.md#${word(at)}) [b](/${word(at)}) [c](gone-${word(at)}.md) [d](/docs/gone-${word(at)}) ` +
      `<a href="https://a.org/docs/${word(at)}/">e</a>\n`,
  ),
  ...Object.fromEntries(Array.from({length: n}, (_, at) => [`${folder}/${word(at)}.md`, `# ${word(at)}\n`])),
})

/** One page for each text that the configuration or the tree is about. */
const beside = (folder: string, files: Record<string, string>): Record<string, string> => ({
  ...files,
  [`${folder}/page.md`]: '# A\n\n[a](/docs/gone) [b](gone.md) [c](#gone)\n',
})

const LINKS: [what: string, link: (n: number) => string][] = [
  ['slashes', (n) => `/${'/'.repeat(n)}x`],
  ['steps up', (n) => `${'../'.repeat(n / 3)}x.md`],
  ['folders', (n) => `/${'a/'.repeat(n / 2)}x`],
  ['one name', (n) => `${'a'.repeat(n)}/`],
  ['dots', (n) => `${'.a'.repeat(n / 2)}/x`],
  ['marks', (n) => `${'?#'.repeat(n / 2)}`],
  ['index', (n) => `/${'index.html/'.repeat(n / 11)}x`],
]

const ofPlatforms = sampleSites.flatMap(({platform, files, folder}) => [
  resolving(`${platform}: links among pages`, (n) => ({...files, ...linked(folder, n)}), {from: 250}),
  ...LINKS.map(([what, link]) =>
    resolving(
      `${platform}: a long link of ${what}`,
      (n) => ({...files, [`${folder}/page.md`]: `[a](${link(n)}) <a href="${link(n)}">b</a>\n`}),
      {unit: 'characters'},
    ),
  ),
])

/** Texts of configurations that take long to read by expressions that backtrack, by the file that holds them. */
const CONFIGURATIONS: Record<string, [folder: string, texts: Record<string, (n: number) => string>]> = {
  'hugo.toml': [
    'content',
    {
      'one glob': (n) =>
        `[[cascade]]\n[cascade._build]\nrender = "never"\n[cascade._target]\npath = "${repeated('*a', n)}b"\n`,
      slashes: (n) => `contentDir = "${repeated('/', n)}x"\nbaseURL = "https://a.org${repeated('/', n)}x"\n`,
      'ignored files': (n) => `ignoreFiles = ["${repeated('a+', n)}b"]\n`,
      'mounts of slashes': (n) => `[[module.mounts]]\nsource = "a"\ntarget = "content${repeated('/', n)}x"\n`,
      permalinks: (n) => `[permalinks]\n"/" = "${repeated('/:x', n)}"\n`,
    },
  ],
  'mkdocs.yml': [
    'docs',
    {
      'slug with spaces': (n) =>
        `x: slugify: !!python/object/apply:pymdownx.slugs.slugify kwds: case: lower${' '.repeat(n)}x\n`,
      slashes: (n) => `site_url: https://a.org${repeated('/', n)}x\n`,
      plugins: (n) => `plugins: [${repeated('search, ', n)}]\n`,
      'hooks that open': (n) => `hooks: [a.py]\n# ${repeated('open(', n)}\n`,
    },
  ],
  'docfx.json': [
    'docs',
    {
      'one glob': (n) => `{"build": {"content": ["${repeated('*a', n)}b"]}}`,
      globs: (n) => `{"build": {"content": [{"files": [${repeated('"a*", ', n)}"**"]}]}}`,
      sets: (n) => `{"build": {"content": [${repeated('{"files": "a*"}, ', n)}{}]}}`,
    },
  ],
  'conf.py': [
    'docs',
    {
      patterns: (n) => `extensions = ['myst_parser']\nexclude_patterns = ['${repeated('*a', n)}b']\n`,
      'open lists': (n) => `extensions = ['myst_parser']\n${repeated('extensions.append(\n', n)}`,
      'escaped quotes': (n) => `extensions = ['myst_parser', '${repeated("\\'", n)}\n`,
      newlines: (n) => `extensions = ['myst_parser']${'\n'.repeat(n)}x`,
      imports: (n) => `extensions = ['myst_parser']\n${repeated('from a import b ', n)}`,
    },
  ],
  '_config.yml': [
    'docs',
    {
      'one glob': (n) => `exclude: ["${repeated('*a', n)}b"]\n`,
      globs: (n) => `exclude: [${repeated('"a*", ', n)}]\n`,
      names: (n) => `exclude: [${counted(n / 8, (at) => `a${at}, `)}]\n`,
      slashes: (n) => `baseurl: ${repeated('/', n)}x\nurl: https://a.org\n`,
      tags: (n) => `a: ${repeated('!x ', n)}\n`,
      'keys within keys': (n) => `${repeated('? ', n)}\n`,
      'open lists': (n) => `${repeated('- [', n)}\n`,
      keys: (n) => counted(n / 8, (at) => `a${at}: b\n`),
      defaults: (n) => `defaults: [${repeated('{scope: {path: a}, values: {b: c}}, ', n)}]\n`,
    },
  ],
  'book.toml': [
    'src',
    {
      slashes: (n) => `[output.html]\nsite-url = "/${repeated('/', n)}x"\n`,
      redirects: (n) => `[output.html.redirect]\n${counted(n / 16, (at) => `"a${at}.html" = "b"\n`)}`,
      hashes: (n) => `[output.html.redirect]\n"${repeated('#', n)}" = "b"\n`,
    },
  ],
  '.vitepress/config.js': [
    'docs',
    {
      'one glob': (n) => `export default {srcExclude: ['${repeated('*a', n)}b']}`,
      rewrites: (n) => `export default {rewrites: {${counted(n / 20, (at) => `'a${at}/:b': 'c/:b',`)}}}`,
      'open comments': (n) => `export default {}\n${repeated('/*', n)}`,
      slashes: (n) => `export default {base: '/${repeated('/', n)}x'}`,
      'nested lists': (n) => `export default ${'['.repeat(n / 2)}${']'.repeat(n / 2)}`,
      constants: (n) =>
        `${counted(n / 24, (at) => `const a${at + 1} = a${at}\n`)}export default {base: a${n / 24}}`,
    },
  ],
  'docusaurus.config.js': [
    'docs',
    {
      'one glob': (n) =>
        `module.exports = {presets: [['classic', {docs: {include: ['${repeated('*a', n)}b']}}]]}`,
      plugins: (n) =>
        `module.exports = {plugins: [${counted(n / 60, (at) => `['content-docs', {id: 'a${at}', path: 'b${at}'}],`)}]}`,
      'client redirects': (n) =>
        `module.exports = {plugins: [['client-redirects', {redirects: [${repeated("{from: '/a', to: '/b'}, ", n)}]}]]}`,
      'long strings': (n) => `module.exports = {baseUrl: ${repeated("'/a' + ", n)}'/'}`,
    },
  ],
  'astro.config.mjs': [
    'src/content/docs',
    {
      redirects: (n) => `export default {redirects: {${counted(n / 24, (at) => `'/a${at}/[b]': '/c', `)}}}`,
      imports: (n) => `${repeated('import ', n)}\nexport default {}`,
      'imports on lines': (n) => `${repeated('import\n', n)}\nexport default {}`,
      newlines: (n) => `${'\n'.repeat(n)}export default {}`,
    },
  ],
  'next.config.js': ['content', {comments: (n) => repeated('/*', n)}],
  _redirects: [
    'docs',
    {
      names: (n) => counted(n / 12, (at) => `/a${at} /b\n`),
      patterns: (n) => counted(n / 12, (at) => `/a${at}/* /b\n`),
      'patterns that begin alike': (n) => counted(n / 12, (at) => `/*/a${at} /b\n`),
      'one pattern': (n) => `/${repeated(':a/', n)} /b\n`,
      'open parentheses': (n) => `/${repeated(':a(', n)} /b\n`,
      hashes: (n) => `/a ${repeated(' #', n)}\u2028\n`,
      slashes: (n) => `/${repeated('/', n)}x /b\n`,
    },
  ],
  'vercel.json': [
    'docs',
    {
      'one pattern': (n) => `{"redirects": [{"source": "/${repeated('(a+)', n)}", "destination": "/b"}]}`,
      patterns: (n) =>
        `{"redirects": [${counted(n / 40, (at) => `{"source": "/a/:b${at}", "destination": "/b"},`)}{}]}`,
    },
  ],
  'redirects.json': ['docs', {slashes: (n) => `{"${repeated('/', n)} ": "/b"}`}],
}

/** What doccheck cannot help. */
const EXCUSES: Record<string, string> = {
  constants: 'acorn looks through all names of a scope for each that is declared',
}

const configurations = Object.entries(CONFIGURATIONS).flatMap(([file, [folder, texts]]) =>
  Object.entries(texts).map(([what, text]) =>
    resolving(
      `${file}: ${what}`,
      (n) => beside(folder, {...(isTable(file) ? {'mkdocs.yml': 'site_name: a\n'} : {}), [file]: text(n)}),
      {unit: 'characters', ...(what in EXCUSES && {excuse: EXCUSES[what]!})},
    ),
  ),
)

function isTable(file: string): boolean {
  return /redirects|vercel/.test(file)
}

const page = '# A\n'
const pages = (n: number, path: (at: number) => string, text: (at: number) => string = () => page) =>
  Object.fromEntries(Array.from({length: n}, (_, at) => [path(at), text(at)]))
const absent = (n: number) => counted(n, (at) => `[a](/docs/gone-${word(at)}/x)\n`)

/** Trees in which one thing is there many times. */
const trees: readonly Series[] = [
  resolving('many sites', (n) => ({
    ...pages(
      n,
      (at) => `${word(at)}/mkdocs.yml`,
      () => 'site_name: a\n',
    ),
    ...pages(n, (at) => `${word(at)}/docs/a.md`),
  })),
  resolving('redirects: links and names', (n) => ({
    'mkdocs.yml': '',
    _redirects: counted(n, (at) => `/docs/gone-${word(at)}/x /a\n`),
    'docs/a.md': absent(n),
  })),
  resolving('redirects: links and patterns', (n) => ({
    'mkdocs.yml': '',
    _redirects: counted(n, (at) => `/docs/gone-${word(at)}/* /a\n`),
    'docs/a.md': absent(n),
  })),
  resolving('redirects: links and tables', (n) => ({
    'mkdocs.yml': '',
    ...pages(
      n,
      (at) => `${word(at)}/_redirects`,
      () => '/b /c\n',
    ),
    'docs/a.md': absent(n),
  })),
  resolving('hugo: drafts and links', (n) => ({
    'hugo.toml': '',
    ...pages(
      n,
      (at) => `content/docs/${word(at)}.md`,
      () => '---\ndraft: true\n---\n',
    ),
    'content/all.md': absent(n),
  })),
  resolving('hugo: URLs that are uncertain, and links', (n) => ({
    'hugo.toml': '[permalinks]\ndocs = "/docs/:title/:slug/"\n',
    ...pages(
      n,
      (at) => `content/docs/${word(at)}.md`,
      (at) => `---\nurl: /docs/:x/${word(at)}/\n---\n`,
    ),
    'content/all.md': absent(n),
  })),
  resolving('hugo: cascades', (n) => ({
    'hugo.toml': '',
    ...pages(
      n,
      (at) => `content/${word(at)}/_index.md`,
      () => '---\ncascade: {build: {render: never}, _target: {path: "/x/**"}}\n---\n',
    ),
  })),
  resolving('hugo: pages of one name', (n) => ({
    'hugo.toml': 'theme = "elsewhere"\n',
    ...pages(n, (at) => `content/${word(at)}/page.md`),
    'content/all.md': counted(n, (at) => `[a](/gone-${word(at)}/page/)\n`),
  })),
  resolving('jekyll: posts and links', (n) => ({
    '_config.yml': '',
    ...pages(n, (at) => `_posts/2020-01-01-${word(at)}.md`),
    'a.md': counted(n, (at) => `[a]({% post_url 2020-01-01-gone-${word(at)} %})\n`),
  })),
  resolving('vitepress: templates and links', (n) => ({
    '.vitepress/config.js': 'export default {}',
    ...pages(n, (at) => `docs/${word(at)}/[x].md`),
    'docs/a.md': absent(n),
  })),
  resolving('starlight: components', (n) => ({
    ...sampleOf('starlight').files,
    ...pages(
      n,
      (at) => `src/c${at}.astro`,
      (at) => `import A from './c${at + 1}.astro'\n`,
    ),
    'src/content/docs/a.md': page,
  })),
  resolving('docfx: includes', (n) => ({
    ...sampleOf('docfx').files,
    ...pages(
      n,
      (at) => `docs/a${at}.md`,
      (at) => `[!include[a](a${at + 1}.md)]\n`,
    ),
  })),
  resolving('mdbook: includes', (n) => ({
    'book.toml': '',
    ...pages(
      n,
      (at) => `src/a${at}.md`,
      (at) => `{{#include a${at + 1}.md}}\n`,
    ),
  })),
  resolving('docusaurus: parts', (n) => ({
    ...sampleOf('docusaurus').files,
    ...pages(
      n,
      (at) => `docs/_a${at}.mdx`,
      (at) => `import B from './_a${at + 1}.mdx'\n\n<B />\n`,
    ),
  })),
  resolving('gitlab: pictures and headings', (n) => ({
    '.gitlab-ci.yml': '',
    'a.md': counted(n, (at) => `# a${at}\n\n![b](c.png)\n\n`),
  })),
  resolving('docfx: pictures and headings', (n) => ({
    ...sampleOf('docfx').files,
    'a.md': counted(n, (at) => `# a${at}\n\n![b](c.png)\n\n`),
  })),
  resolving('myst: targets and links', (n) => ({
    ...sampleOf('myst').files,
    'a.md': counted(n, (at) => `(a${at})=\n# a\n\n[b](#gone-${at})\n\n`),
  })),
]

/** Making sites, and asking them where files are published and where links lead. */
export const sites: readonly Series[] = [...ofPlatforms, ...configurations, ...trees]
