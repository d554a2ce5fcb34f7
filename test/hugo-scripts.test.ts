import {expect, it} from 'vitest'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const SITE = {
  'hugo.toml': 'title = "X"\n',
  'content/docs/a.md': '[b](/docs/b/) [c](/docs/gone/) [d](/blog/gone/)\n',
  'content/docs/b.md': '# B\n',
  'content/blog/c.md': '# C\n',
}

const missing = async (files: Record<string, string>) =>
  messagesOf(await checkFolder(folder({...SITE, ...files}))).map((each) => /`([^`]*)`/.exec(each)?.[1])

it.each<[string, string, string[]]>([
  [
    'Makefile',
    'docs:\n\tcurl -s https://example.org/x.tar | \\\n\t  tar -x -C content/docs\n',
    ['/blog/gone/'],
  ],
  ['get.sh', 'DIR=content/docs\ngit clone https://example.org/x tmp\ncp tmp/*.md $DIR\n', ['/blog/gone/']],
  ['get.sh', 'git clone https://example.org/x content/\n', []],
  ['scripts/get.py', "import shutil\nshutil.copytree('x', 'content/docs')\n", ['/blog/gone/']],
  ['get.sh', 'cp -r "$TMP/build" static/docs/gone\n', ['/blog/gone/']],
  ['get.sh', 'git clone https://example.org/x\ncp -r ./x/blog/gone "${output}/docs/gone"\n', ['/blog/gone/']],
  ['get.sh', 'git clone https://example.org/x\nmv x public/docs\n', ['/blog/gone/']],
  ['get.sh', 'git clone https://example.org/x\ncp -r $X/docs/gone tmp\n', ['/docs/gone/', '/blog/gone/']],
  // Scripts that only read pages.
  [
    'scripts/check.sh',
    'curl -s https://example.org/words > words\ngrep -f words content/docs\n',
    ['/docs/gone/', '/blog/gone/'],
  ],
  [
    'scripts/check.py',
    "import requests\nfor page in glob('content/docs'): print(page)\n",
    ['/docs/gone/', '/blog/gone/'],
  ],
  [
    'scripts/issues.py',
    "import requests\nopen('content/x.md', 'w').write(requests.get(url).json()['content'])\n",
    ['/docs/gone/', '/blog/gone/'],
  ],
  [
    'Makefile',
    "lint:\n\tcurl x; go run lint --skip 'content/docs/**/*.md'\n",
    ['/docs/gone/', '/blog/gone/'],
  ],
  // No command is named as the host of the repository is.
  [
    'Makefile',
    '# https://github.com/x/y\ndocs:\n\tgenerate > content/docs/b.md\n',
    ['/docs/gone/', '/blog/gone/'],
  ],
])('the folders of pages that %s fills are in doubt: %j', async (file, script, expected) => {
  expect(await missing({[file]: script})).toEqual(expected)
})

it('a page that is mounted from elsewhere is in doubt, and what its folder has not', async () => {
  const mounts = ['content', 'tmp/spec.md'].map(
    (source, at) =>
      `[[module.mounts]]\nsource = "${source}"\ntarget = "${['content', 'content/docs/gone/_index.md'][at]}"\n`,
  )
  expect(await missing({'hugo.toml': mounts.join('')})).toEqual(['/blog/gone/'])
})

it('a page that is only a link redirects to what its front matter names', async () => {
  const page = (text: string) => `---\nbuild: {render: link}\n${text}---\n`
  expect(await missing({'content/docs/gone.md': page('redirect: https://example.org/\n')})).toEqual([
    '/blog/gone/',
  ])
  expect(await missing({'content/docs/gone.md': page('')})).toEqual(['/docs/gone/', '/blog/gone/'])
})

it('a reference needs its page, wherever its URL is redirected', async () => {
  const redirects = {'static/_redirects': '/docs/* /blog/:splat\n/gone https://example.org/\n'}
  const reference = {'content/docs/a.md': '[a]({{< ref "gone" >}}) [b](/docs/c/) [c](/gone)\n'}
  expect(await missing({...redirects, ...reference})).toEqual(['{{< ref "gone" >}}'])
})

it('the template of a page may show files, and data with ids', async () => {
  const layouts = {
    'hugo.toml': 'title = "X"\n',
    'content/docs/a.md': '[a](#wick)\n',
    'layouts/partials/data.html': '{{ range site.Data.api }}{{ partial "one.html" . }}{{ end }}',
    'layouts/partials/one.html': '<i id="{{ .name }}">',
    'layouts/partials/menu.html': '{{ range site.Menus.main }}{{ partial "one.html" . }}{{ end }}',
  }
  const on = (template: string) => missing({...layouts, 'layouts/_default/single.html': template})
  expect(await on('{{ .Content }}{{ partial "menu.html" . }}')).toEqual(['#wick'])
  expect(await on('{{ .Content }}{{ partial "data.html" . }}')).toEqual([])
  expect(await on('{{ .Content }}{{ readFile "content/docs/b.md" | markdownify }}')).toEqual([])
  expect(await on('{{ .Content }}{{ readFile "VERSION" }}')).toEqual(['#wick'])
})

it('scripts of the repository fill folders of a site below it', async () => {
  const files = Object.fromEntries(Object.entries(SITE).map(([file, text]) => [`site/${file}`, text]))
  const filled = async (script: string) =>
    messagesOf(await checkFolder(folder({...files, 'bin/build.sh': script}))).map(
      (each) => /`([^`]*)`/.exec(each)?.[1],
    )
  expect(await filled('cp -r x site/content/docs/gone\n')).toEqual(['/blog/gone/'])
  expect(await filled('cp -r x content/docs/gone\n')).toEqual(['/docs/gone/', '/blog/gone/'])
})

it('a folder that a script fills may have a page, however many other pages exist', async () => {
  const names = Array.from({length: 12}, (_, at) => `p${at}`)
  const pages = names.map((name) => [`content/docs/${name}.md`, '# P\n'])
  const urls = [...names, 'api', 'gone'].map((name) => `[a](/docs/${name}/)`)
  const files = {...Object.fromEntries(pages), 'content/docs/a.md': urls.join(' ')}
  const script = {'bin/build.sh': 'git clone https://example.org/x\ncp -r x $OUT/docs/api\n'}
  expect(await missing(files)).toEqual(['/docs/api/', '/docs/gone/'])
  expect(await missing({...files, ...script})).toEqual(['/docs/gone/'])
})

it('the page of a taxonomy is not missing, however many other pages exist', async () => {
  const names = Array.from({length: 12}, (_, at) => `p${at}`)
  const pages = names.map((name) => [`content/docs/${name}.md`, '# P\n'])
  const urls = [...names, 'tags'].map((name) => `[a](/docs/${name}/)`)
  const files = {...Object.fromEntries(pages), 'content/docs/a.md': urls.join(' ')}
  const taxonomies = '[taxonomies]\ntag = "docs/tags"\n'
  expect(await missing({...files, 'hugo.toml': taxonomies})).toEqual([])
})

it.each(['', 'draft: true\n'])(
  'references name files, with their language, also on drafts: %j',
  async (front) => {
    const references = [
      'b.en.md',
      'b.md',
      '../blog/_index.en.md',
      '/blog/_index.en.md',
      '../blog/c.md',
      'gone.en.md',
    ]
    const text = references.map((each) => `[a]({{< ref "${each}" >}})`).join(' ')
    const files = {
      'hugo.toml': '[languages.en]\ncontentDir = "content"\n',
      'content/docs/a.md': `---\ntitle: A\n${front}---\n${text}\n`,
      'content/blog/_index.en.md': '# Blog\n',
    }
    expect(await missing(files)).toEqual(['{{< ref "gone.en.md" >}}'])
  },
)
