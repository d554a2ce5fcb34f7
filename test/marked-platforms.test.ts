import {describe, expect, it} from 'vitest'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'

/** The platform of each site that is found. */
async function platformsIn(files: Record<string, string>): Promise<string[]> {
  const {out} = await doccheck(folder(files), ['sites', '--json'])
  return (JSON.parse(out) as {platform: string}[]).map(({platform}) => platform)
}

const page = '# A\n\n## Set up\n'

describe('a marker counts only with what its generator needs', () => {
  it.each<[platform: string, files: Record<string, string>, other: Record<string, string>]>([
    ['lume', {'_config.ts': 'import lume from "lume/mod.ts"\nexport default lume()\n'}, {'_config.ts': ''}],
    ['vocs', {'vocs.config.ts': '', 'docs/pages/a.mdx': page}, {'vocs.config.ts': ''}],
    ['pelican', {'pelicanconf.py': 'PATH = "content"\n'}, {'conf/pelican.py': ''}],
    [
      'writerside',
      {'writerside.cfg': '<ihp version="2.0"/>\n', 'topics/a.md': page},
      {'writerside.cfg': '[core]\n'},
    ],
    ['writerside', {'project.ihp': '<ihp version="2.0"/>\n', 'topics/a.md': page}, {'project.ihp': ''}],
    ['retype', {'retype.yml': ''}, {'_retype.yml': ''}],
    ['retype', {'.obsidian/app.json': '{}', 'retype.yml': ''}, {'.obsidian/app.json': '{}'}],
    ['redocly', {'redocly.yaml': 'navbar: {}\n'}, {'redocly.yaml': 'apis: {}\nrules: {}\n'}],
    ['redocly', {'redocly.yaml': '', 'sidebars.yaml': ''}, {'redocly.yaml': '', 'docs/sidebars.yaml': ''}],
    ['dumi', {'.dumirc.ts': ''}, {'dumirc.ts': ''}],
    ['honkit', {'book.json': '{}', 'SUMMARY.md': ''}, {'book.json': '{}', 'docs/SUMMARY.md': ''}],
    [
      'honkit',
      {'book.json': '{"root": "./docs"}', 'docs/SUMMARY.md': ''},
      {'book.json': '{"title": "A book"}', 'a.json': ''},
    ],
  ])('%s', async (platform, files, other) => {
    expect(await platformsIn({...files, 'a.md': page})).toContain(platform)
    expect(await platformsIn({...other, 'a.md': page})).not.toContain(platform)
  })
})

/** What is reported, as file and URL. */
const reported = async (files: Record<string, string>) =>
  messagesOf(await checkFolder(folder(files)))
    .map((line) => `${line.split(' ', 1)[0]} ${/`([^`]*)`/.exec(line)?.[1]}`)
    .sort()

/** Twelve pages in a folder, each with a link to the next one, and one with a link to a page that is missing. */
const ring = (prefix: string, link: (name: string) => string) => {
  const names = [...'abcdefghijkl']
  const pages = names.map((name, at): [string, string] => [
    `${prefix}${name}.md`,
    `# ${name}\n\n[next](${link(names[(at + 1) % names.length]!)})\n`,
  ])
  return Object.fromEntries([...pages, [`${prefix}z.md`, `# z\n\n[a](${link('a')}) [x](${link('x')})\n`]])
}

describe('links follow the description of a marked site, and the host keeps the readme', () => {
  it.each<[platform: string, files: Record<string, string>, missing: string]>([
    ['vocs', {'vocs.config.ts': '', ...ring('docs/pages/guide/', (name) => `/guide/${name}`)}, '/guide/x'],
    [
      'lume',
      {
        '_config.ts': 'import lume from "lume/mod.ts"\nexport default lume({ src: "./src" })\n',
        ...ring('src/guide/', (name) => `/guide/${name}/`),
      },
      '/guide/x/',
    ],
    [
      'retype',
      {'retype.yml': 'input: ./docs\n', ...ring('docs/guide/', (name) => `/guide/${name}`)},
      '/guide/x',
    ],
    [
      'writerside',
      {
        'writerside.cfg': '<ihp version="2.0"><topics dir="topics"/><images dir="images"/></ihp>\n',
        ...ring('topics/deep/', (name) => `${name}.md`),
        'topics/top.md': '# Top\n\n[a](a.md) ![p](my pic.png)\n',
        'images/my pic.png': '',
      },
      'x.md',
    ],
    [
      'honkit',
      {'book.json': '{}', 'SUMMARY.md': '[a](a.md)\n', ...ring('guide/', (name) => `${name}.html`)},
      'x.html',
    ],
    ['redocly', {'redocly.yaml': 'navbar: {}\n', ...ring('guide/', (name) => `/guide/${name}`)}, '/guide/x'],
    ['dumi', {'.dumirc.ts': '', ...ring('docs/guide/', (name) => `/guide/${name}`)}, '/guide/x'],
  ])('%s', async (_platform, files, missing) => {
    const last = Object.keys(files).find((name) => name.endsWith('/z.md'))!
    expect(await reported(files)).toEqual([`${last} ${missing}`])
    const whole = {...files, 'README.md': '# R\n\n[gone](gone.md)\n'}
    expect(await reported(whole)).toEqual([`README.md gone.md`, `${last} ${missing}`])
  })
})

it('Redocly redirects, and publishes components of React', async () => {
  const files = {
    'redocly.yaml': 'redirects:\n  $ref: moves.yaml\nnavbar: {}\n',
    'moves.yaml': '/guide/old/:\n  to: /guide/a\n  type: 301\n',
    'guide/tools/rpc.page.tsx': '',
    ...ring('guide/', (name) => `/guide/${name}`),
    'guide/y.md': '# Y\n\n[1](/guide/old) [2](/guide/tools/rpc)\n',
  }
  expect(await reported(files)).toEqual(['guide/z.md /guide/x'])
})

describe('Pelican', () => {
  const site = (text: string) => ({
    'pelicanconf.py': "AUTHOR = 'x'\nPATH = 'content'\n",
    'content/pages/a.md': `Title: A\n\n${text}\n`,
    'content/pages/b c.md': 'Title: B\n\n## Set up\n',
    'content/img/d.png': '',
    'README.md': '[gone](gone.md)\n',
  })

  it('names source files from the page and from the content', async () => {
    const found =
      '[1]({filename}b%20c.md) [2]({filename}/pages/a.md#x) ![3]({static}/img/d.png) ![4]({attach}../img/d.png) [5](|filename|a.md) [6]({tag}lamps) [7]({index})'
    expect(await reported(site(found))).toEqual(['README.md gone.md'])
    const broken = '[1]({filename}b.md) [2]({filename}/a.md) ![3]({static}d.png) [4](|filename|gone.md)'
    expect(await reported(site(broken))).toEqual([
      'README.md gone.md',
      'content/pages/a.md {filename}/a.md',
      'content/pages/a.md {filename}b.md',
      'content/pages/a.md {static}d.png',
      'content/pages/a.md |filename|gone.md',
    ])
  })

  it('is fitted in its URLs, and keeps what source files are named', async () => {
    const pages = ring('content/guide/', (name) => `/guide/${name}/`)
    const files = {...site('[1]({filename}gone.md)'), ...pages}
    expect(await reported(files)).toEqual([
      'README.md gone.md',
      'content/guide/z.md /guide/x/',
      'content/pages/a.md {filename}gone.md',
    ])
  })
})

it('topics of Writerside may be those of a module in another repository', async () => {
  // As in docs/kr.tree of kotlin-web-site: https://www.jetbrains.com/help/writerside/reuse-content.html
  const files = (origin: string) => ({
    'writerside.cfg': '<ihp version="2.0"><module name="main"/><topics dir="topics"/></ihp>\n',
    'a.tree': `<instance-profile id="a">\n  <include from="b.tree" origin="${origin}" element-id="b"/>\n</instance-profile>\n`,
    ...ring('topics/deep/', (name) => `${name}.md`),
    'topics/coroutines.md': '[1](corroutines.md)\n',
  })
  expect(await reported(files('main'))).toEqual([
    'topics/coroutines.md corroutines.md',
    'topics/deep/z.md x.md',
  ])
  expect(await reported(files('other'))).toEqual(['topics/coroutines.md corroutines.md'])
})

it('variables of Writerside are placeholders, and encoded letters are not', async () => {
  const files = {'a.md': '[1](%product-url%/x.md) [2](%e4%bd%a0.md) [3](%zz%y.md)\n'}
  expect(await reported(files)).toEqual(['a.md %e4%bd%a0.md'])
})

it('a snippet that pages include has its links where it is shown', async () => {
  const files = {
    'retype.yml': '',
    ...ring('guide/', (name) => `${name}.md`),
    'guide/y.md': '# Y\n\n{{ include "snippets/sample" }}\n',
    '_includes/snippets/sample.md': '![x](gone.png)\n',
  }
  expect(await reported(files)).toEqual(['guide/z.md x.md'])
})

it('the steps of Retype have ids', async () => {
  const steps = '>>> Install it\n\nText\n\n>>>\n'
  const ids = [...'abcdefghijkl'].map((letter) => `## Part ${letter}\n\n[x](#part-${letter})\n`).join('\n')
  const files = {'retype.yml': '', 'a.md': `# A\n\n[x](#install-it)\n\n${steps}`, 'b.md': ids}
  expect(await reported(files)).toEqual([])
  expect(await reported({...files, 'a.md': '# A\n\n[x](#install-it)\n'})).toEqual(['a.md #install-it'])
})

it.each<[host: string, files: Record<string, string>, expected: string[]]>([
  ['HonKit', {'book.json': '{}', 'SUMMARY.md': '[a](a.md)\n'}, []],
  ['Jekyll', {'_config.yml': ''}, []],
  ['GitHub', {}, ['a.md other']],
])(
  'a definition after a footnote counts in kramdown and kramed, not in CommonMark: %s',
  async (_host, files, expected) => {
    const text = '# A\n\nSee [other][] and this[^1].\n\n[^1]: A note\n[other]: a.md\n'
    expect(await reported({...files, 'a.md': text})).toEqual(expected)
  },
)
