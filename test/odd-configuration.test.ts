import {describe, expect, it} from 'vitest'
import {amount} from './amount.ts'
import {checkFolder, folder} from './run-doccheck.ts'

const ODD = [
  'null',
  '1',
  'true',
  '[]',
  '{}',
  '"x"',
  '[null]',
  '[[1]]',
  '{"a": null}',
  '{"a": {"b": [1]}}',
  '"../.."',
  '"/"',
  '"\\\\"',
  '"["',
  '"(*"',
  '"http://["',
  '"http://x:99999"',
  '"javascript:x"',
  '""',
  // What all objects of JavaScript have.
  '"constructor"',
  '["toString", ["valueOf", 1]]',
  '{"constructor": {"toString": 1}}',
]

/** One value for each key, not all of them. */
const FEW = amount(ODD.length) < ODD.length

/** Configuration files and the keys that are read from them; all are flow YAML, or JSON, or an object of JavaScript. */
const FILES: Record<string, string[]> = {
  '_config.yml':
    'url baseurl permalink collections include exclude defaults plugins theme kramdown markdown'.split(' '),
  'mkdocs.yml':
    'docs_dir site_url use_directory_urls plugins hooks theme validation markdown_extensions INHERIT nav'.split(
      ' ',
    ),
  'hugo.yaml':
    'baseURL contentDir staticDir languages permalinks markup module theme uglyURLs disableKinds taxonomies defaultContentLanguage'.split(
      ' ',
    ),
  'docfx.json': ['build'],
  'docusaurus.config.js':
    'url baseUrl trailingSlash presets plugins themes staticDirectories markdown i18n'.split(' '),
  'astro.config.mjs': 'site base trailingSlash redirects integrations srcDir publicDir i18n'.split(' '),
  '.vitepress/config.js': 'srcDir base rewrites srcExclude sitemap markdown cleanUrls'.split(' '),
  '_quarto.yml': ['project'],
  '.vuepress/config.js': 'base locales markdown plugins theme pagePatterns permalinkPattern'.split(' '),
  'rspress.config.ts': 'root base lang locales multiVersion route markdown plugins themeConfig'.split(' '),
  'quartz.config.yaml': ['configuration', 'plugins'],
  'zensical.toml': ['project'],
}

/** Configuration files that identify a site only with further settings: what comes before the one that is tried. */
const WITH_SETTINGS: Record<string, [settings: string, keys: string[]]> = {
  'docs.json': ['"navigation": {"pages": ["index"]}', ['redirects', 'navigation', 'api', 'theme', '$schema']],
  'nuxt.config.ts': ['modules: ["@nuxt/content"]', 'app content i18n routeRules extends srcDir'.split(' ')],
  'next.config.js': ['x: nextra({})', 'basePath i18n redirects output trailingSlash'.split(' ')],
  'config.toml': [
    'base_url = "https://example.org"',
    'languages slugify markdown taxonomies theme ignored_content'.split(' '),
  ],
}

const PAGES = {
  'index.md': '# A\n\n[a](a.md) [b](/b#c) ![d](d.png) [e](#f) <a href="/g/">g</a>\n',
  'docs/a.md':
    '---\nslug: 1\npermalink: []\nurl: {}\naliases: 3\nredirect_from: [1]\n---\n# B\n\n[a](../index.md#a)\n',
  'content/docs/a.md': '# C\n',
  'src/content/docs/a.mdx': '# D\n',
}

describe('a configuration of odd values', () => {
  it.each(Object.entries(FILES))('does not end the run: %s', async (file, keys) => {
    for (const [index, key] of keys.entries())
      for (const value of FEW ? [ODD[index % ODD.length]] : ODD) {
        const written = `{"${key}": ${value}}`
        const text = /js$/.test(file) ? `export default ${written}\n` : `${written}\n`
        const {pages} = await checkFolder(folder({...PAGES, [file]: text}))
        expect(pages.length, written).toBeGreaterThan(3)
      }
    for (const text of ['', '\0', '{', '[', '- a\n- b\n', '"', 'null', '1'])
      expect((await checkFolder(folder({...PAGES, [file]: text}))).pages.length, text).toBeGreaterThan(3)
  })

  it.each(Object.entries(WITH_SETTINGS))('does not end the run: %s', async (file, [settings, keys]) => {
    for (const [index, key] of keys.entries())
      for (const value of FEW ? [ODD[index % ODD.length]] : ODD) {
        const text = /toml$/.test(file)
          ? `${settings}\n${key} = ${value}\n`
          : `${/[jt]s$/.test(file) ? 'export default ' : ''}{${settings}, "${key}": ${value}}\n`
        const {pages} = await checkFolder(folder({...PAGES, [file]: text}))
        expect(pages.length, text).toBeGreaterThan(3)
      }
  })

  it.each([
    ['book.toml', '[book]\nsrc = 1\n[output.html]\nredirect = 3\n'],
    ['book.toml', 'book = 1\noutput = []\npreprocessor = "x"\n'],
    ['book.toml', '[['],
    ['hugo.toml', 'languages = 1\nmodule = []\npermalinks = "x"\n[markup]\ngoldmark = 3\n'],
    ['conf.py', "extensions = ['myst_parser'\nmyst_heading_anchors = 'x'\n"],
    [
      'conf.py',
      'extensions = ["myst_parser"]\nexclude_patterns = [1, "**[", None]\nmyst_heading_anchors = 10**9\n',
    ],
    [
      'docusaurus.config.js',
      'export default {presets: [["classic", {docs: 1, blog: [], pages: "x"}], [1, 2], null, "x"]}',
    ],
    [
      'docusaurus.config.js',
      'export default {plugins: [["@docusaurus/plugin-content-docs", {path: "../../..", id: []}]]}',
    ],
    [
      'docusaurus.config.js',
      'export default {i18n: {locales: [1, null], defaultLocale: {}}, presets: [["classic", {docs: {path: 1, versions: 3, include: 4}}]]}',
    ],
    [
      'astro.config.mjs',
      'export default {integrations: [starlight({locales: [1], defaultLocale: 2}), starlight(), 1]}',
    ],
    [
      'astro.config.mjs',
      'export default {integrations: [starlight({locales: {"": null, fr: 3}})], redirects: {"/[": "x", "[...": {}}}',
    ],
    [
      'hugo.yaml',
      'languages: {de: 1, en: {contentDir: []}}\nmodule: {mounts: [1, {source: [], target: 2}], imports: 3}\npermalinks: {a: {b: []}}\n',
    ],
    [
      '_config.yml',
      'collections: {a: 1, b: {output: true, permalink: []}}\ndefaults: [1, {scope: 2, values: 3}]\nkramdown: {input: 5}\n',
    ],
    [
      'mkdocs.yml',
      'plugins: [redirects: {redirect_maps: [1]}, blog: 3, 4]\nmarkdown_extensions: [toc: 3, pymdownx.snippets: {auto_append: [1, "../../x"]}]\nhooks: [1, "../x.py"]\n',
    ],
    [
      '.vitepress/config.js',
      'export default {rewrites: {"(": "x", ":a*:b*:c*:d*": 1}, srcExclude: [1, "{"], sitemap: {hostname: "x"}, base: "//["}',
    ],
    [
      'docfx.json',
      '{"build": {"content": [1, {"files": 3, "src": []}, {"files": ["[", null]}], "resource": {}, "dest": 5}}',
    ],
    [
      'docs.json',
      '{"navigation": {"tabs": [1, {"groups": {"pages": [null, {"openapi": 3}]}}]}, "redirects": [1]}',
    ],
    ['zensical.toml', '[project]\nnav = 3\nmarkdown_extensions = [1]\nplugins = {a = 1}\n'],
    [
      'zensical.toml',
      '[project.markdown_extensions.toc]\nslugify = {object = {toString = 1}, kwds = {case = {toString = 2}}}\n',
    ],
    ['mkdocs.yml', 'markdown_extensions: [wikilinks: {base_url: {toString: 1}, end_url: 2}]\n'],
    ['quartz.config.yaml', 'configuration: {baseUrl: "lamps.example:99999"}\n'],
    ['.gitlab/redirects.yml', '[1, {a: [b]}]'],
    ['.order', '\0\n../..\n'],
    [
      'source.config.ts',
      'import {defineDocs} from "fumadocs-mdx/config"\nexport const docs = defineDocs({dir: [1]})\n',
    ],
    ['content.config.ts', 'export default {collections: {a: {source: [1, {include: 3}]}}}'],
    ['.obsidian/app.json', '[1'],
    [
      'quartz.config.ts',
      'const config = {configuration: 1, plugins: {transformers: [Plugin.X(1)]}}\nexport default config\n',
    ],
    [
      'index.html',
      '<script>window.$docsify = {alias: 1, basePath: [], ext: 3}</script><script src="docsify@4"></script>',
    ],
    ['versions.json', '{"a": 1}'],
    ['vercel.json', '{"redirects": [{"source": "/((((", "destination": "/:a:b"}]}'],
    ['_redirects', '/* /* 200\n/:a/:a /:a\n'],
  ])('does not end the run: %s %j', async (file, text) => {
    const marker = /versions|vercel|_redirects/.test(file)
      ? {'docusaurus.config.js': 'export default {}'}
      : {}
    const {pages} = await checkFolder(folder({...PAGES, ...marker, 'src/SUMMARY.md': '# S\n', [file]: text}))
    expect(pages.length).toBeGreaterThan(3)
  })

  it.each(['[B, B]', '{a: B, b: B}', 'B + B', '`${B}${B}`', '{...B, x: B}', 'f(B, B)', 'B'])(
    'does not take long over constants made of %s',
    async (made) => {
      const names = Array.from({length: 60}, (_each, index) => `c${index}`)
      const code = names.map(
        (name, index) => `const ${name} = ${made.replaceAll('B', names[index + 1] ?? '"x"')}`,
      )
      const text = `${code.join('\n')}\nexport default {base: c0, rewrites: c0, srcDir: c0}\n`
      // With every value expanded on its own it would never end.
      const {pages} = await checkFolder(folder({...PAGES, '.vitepress/config.js': text}))
      expect(pages.length).toBeGreaterThan(3)
    },
  )
})
