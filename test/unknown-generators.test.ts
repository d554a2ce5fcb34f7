import {expect, it} from 'vitest'
import {doccheck, folder} from './run-doccheck.ts'

const doccheckIn = (files: Record<string, string>) => doccheck(folder(files), ['--offline', '--no-config'])

const names = [
  'alpha',
  'beta',
  'gamma',
  'delta',
  'epsilon',
  'zeta',
  'eta',
  'theta',
  'iota',
  'kappa',
  'lambda',
  'mu',
]

/** Pages of a generator without a rule here, below `site/pages`, whose links leave out the folder and the extension. */
const pages = Object.fromEntries(
  names.map((name, at) => [
    `site/pages/guide/${name}.md`,
    `# ${name}\n\n[next](/guide/${names[(at + 1) % names.length]})\n`,
  ]),
)

it('a site of an unknown generator has no broken link where its own links show how it is built', async () => {
  expect((await doccheckIn({'README.md': '# Site\n', ...pages})).out).toContain('no problems')
})

it('a single link of such a site that leads nowhere is likely broken, and never an error', async () => {
  const {out, code} = await doccheckIn({
    'README.md': '# Site\n',
    ...pages,
    'site/pages/guide/alpha.md': '# alpha\n\n[a](/guide/beta) [b](/guide/gone)\n',
  })
  expect(out).toMatch(/warning .*`\/guide\/gone`.* \(likely: all \d+ other targets in \/guide\/ exist\)/)
  expect(code).toBe(0)
})

it('code in a folder for pages may be the page of such a site', async () => {
  const text = '# alpha\n\n[a](/guide/beta) [b](/guide/demo) [c](./demo) [d](/guide/lamps) [e](/guide/gone)\n'
  const {out} = await doccheckIn({
    'README.md': '# Site\n',
    ...pages,
    'site/pages/guide/alpha.md': text,
    'src/app/(site)/guide/demo/page.tsx': '',
    'src/routes/guide/lamps/+page.svelte': '',
    'src/components/guide/gone.tsx': '',
  })
  expect(out.match(/Unexpected.*?`[^`]*`/g)).toEqual(['Unexpected link to missing file `/guide/gone`'])
})

it('a component beside such a site is not read on the host of the repository, unlike its readme', async () => {
  const {out} = await doccheckIn({
    'README.md': '[gone](/guide/alpha)\n',
    'src/components/notice.md': '[guide](/guide/alpha)\n',
    ...pages,
    'site/pages/guide/alpha.md': '# alpha\n\n[a](/guide/gone)\n',
  })
  expect(out).toMatch(/README\.md:1:\d+ +error /)
  expect(out).not.toContain('notice.md')
})

it.each([
  (name: string) => `{id="set-${name}"}`,
  (name: string) => `{ #set-${name} }`,
  (name: string) => `{: #set-${name} .title}`,
])('ids that authors wrote for headings show that a generator reads the pages', async (idOf) => {
  const topics = Object.fromEntries(
    names.map((name) => [`topics/${name}.md`, `# ${name}\n\n## Set it up ${idOf(name)}\n`]),
  )
  const links = names.map((name) => `[${name}](${name}.md#set-${name})`).join('\n')
  const {out} = await doccheckIn({...topics, 'topics/index.md': `${links}\n\n[x](alpha.md#nowhere-at-all)\n`})
  expect(out).not.toContain('error')
})

it('few ids that authors wrote prove nothing where hundreds of links lead to those of the host', async () => {
  const written = names.slice(0, 3).map((name) => `## Set it up {#set-${name}}\n\n[x](#set-${name})\n`)
  const ofHost = Array.from({length: 400}, (_, index) => `## Part ${index}\n\n[x](#part-${index})\n`)
  const files = {'topics/a.md': written.join('\n'), 'topics/b.md': ofHost.join('\n')}
  expect((await doccheckIn(files)).out).toContain('`#set-alpha`')
  expect((await doccheckIn({'topics/a.md': files['topics/a.md']})).out).not.toContain('`#set-alpha`')
})

it('a missing fragment of a site that no description fits is never an error', async () => {
  const topics = names
    .map((name) => `## The ${name}, once (more)\n\n[${name}](#the-${name}-once-more)\n`)
    .join('\n')
  const {out, code} = await doccheckIn({
    'docs/gatsby-config.js': 'export default {}\n',
    'docs/index.md': `# Home\n\n[x](#nowhere-at-all)\n\n${topics}`,
  })
  expect(out).toMatch(/warning .*`#nowhere-at-all`.*\(likely: /)
  expect(code).toBe(0)
})

it('a site among the test data of a repository does not change how its other pages are read', async () => {
  const inFixtures = Object.fromEntries(
    Object.entries(pages).map(([path, text]) => [`fixtures/${path}`, text]),
  )
  const {out} = await doccheckIn({
    'README.md': '# Tool\n',
    'src/tool.js': '',
    'notes/design.md': '[gone](gone.md)\n',
    ...inFixtures,
  })
  expect(out).toMatch(/design\.md:1:\d+ +error +Unexpected link to missing file `gone\.md`/)
})

it('a placeholder, such as one between bars by which Pelican names a source file, is not a path', async () => {
  const {out} = await doccheckIn({
    'content/a.md':
      '[b](|filename|b.md) [c](|filename|/sub/gone.rst) ![d](|static|/img/d.png) [e](URL) [f](../path/to/b.md) [g](...) [h](gone.md)\n',
    'content/b.md': '# B\n',
  })
  expect(out).toContain('`gone.md`')
  expect(out).not.toMatch(/\||`URL`|path\/to|`\.\.\.`/)
})

const book = {'book.toml': '', 'src/SUMMARY.md': '# S\n\n[a](a.md)\n', 'src/a.md': '# A\n'}

it('the configuration of a book that is gone does not keep a site from being known', async () => {
  const alpha = {'site/pages/guide/alpha.md': '# alpha\n\n[a](/guide/beta) [b](/guide/gone)\n'}
  const abandoned = await doccheckIn({'book.toml': '', ...pages, ...alpha})
  expect(abandoned.out).toMatch(/warning .*`\/guide\/gone`.* \(likely: /)
  const published = await doccheckIn({...book, ...pages, ...alpha})
  expect(published.out).toContain('not judged')
})

it('an image that Next.js serves is missing for certain, though its pages are published by code', async () => {
  const {out} = await doccheckIn({
    'next.config.js': 'export default {}\n',
    'public/img/a.png': '',
    ...Object.fromEntries(
      names.map((name, at) => [
        `content/(docs)/${name}.md`,
        `# ${name}\n\n[next](/${names[(at + 1) % names.length]})\n`,
      ]),
    ),
    'content/(docs)/alpha.md': '# alpha\n\n[b](/beta) ![a](/img/a.png) ![gone](/img/gone.png)\n',
  })
  expect(out).toMatch(/error +Unexpected missing image `\/img\/gone\.png`/)
})

it('a link between the pages of a Julia package by their URLs is never an error', async () => {
  const {out, code} = await doccheckIn({
    'docs/make.jl': 'makedocs()\n',
    'docs/src/index.md': '[manual](manual/) [run](@ref)\n',
    'docs/src/manual.md': '# Manual\n',
  })
  expect(out).not.toContain('error')
  expect(code).toBe(0)
})

it('links from the root that lead nowhere are URLs, if hardly one leads to a file', async () => {
  const links = names
    .slice(6)
    .map((name) => `[${name}](/lessons/ruby-${name})`)
    .join('\n')
  const {out} = await doccheckIn({
    'README.md': '[a](/lessons)\n',
    'ruby/loops.md': `## The each_with_index method\n\n${links}\n`,
    'ruby/arrays.md': '[a](loops.md#the-eachwithindex-method) [b](loops.md#nowhere) [c](gone.md)\n',
  })
  expect(out).toMatch(/README\.md:1:\d+ +error .*`\/lessons`/)
  expect(out).toMatch(/error .*`#nowhere`[\s\S]*error .*`gone\.md`/)
  expect(out).toContain('3 errors')
})

it('links with template code show that the pages of a repository have other URLs on a site', async () => {
  const links = names.map((name) => `[${name}](/docs/{{version}}/${name})`).join('\n')
  const others = Object.fromEntries(names.map((name) => [`${name}.md`, `# ${name}\n`]))
  const {out} = await doccheckIn({...others, 'index.md': `${links}\n[a](alpha) [b](gone.md)\n`})
  expect(out).toContain('`gone.md`')
  expect(out).toContain('1 error')
})

it('counts a missing page among those beside it, also for links from the index of a folder', async () => {
  const section = (own: string, other: string) =>
    names.map((name, at): [string, string] => {
      const next = names[(at + 1) % names.length]
      return [
        `content/${own}/${name}.md`,
        `# ${name}\n\n[next](./${next}) [other](../${other}/${name}) [start](../start)\n`,
      ]
    })
  const {out} = await doccheckIn({
    'README.md': '# Site\n',
    ...Object.fromEntries([...section('guide', 'api'), ...section('api', 'guide')]),
    'content/start/README.md': '# Start\n\n[a](../guide/alpha) [b](../api/beta) [gone](../guide/qwerty)\n',
  })
  expect(out).toMatch(/warning .*`\.\.\/guide\/qwerty` \(likely: all 12 other targets in \/guide\/ exist\)/)
})

it('labels of such a site may be defined in a file that consists of definitions', async () => {
  const {out} = await doccheckIn({
    'README.md': '# Site\n',
    ...pages,
    'site/links.md': '[beta]: /guide/beta\n[gamma]: /guide/gamma\n\n[delta]: /guide/delta\n',
    'site/pages/guide/alpha.md': '# alpha\n\n[a][beta] [b][gone]\n',
  })
  expect(out.match(/Unexpected.*?`[^`]*`/g)).toEqual(['Unexpected reference to undefined label `gone`'])
})
