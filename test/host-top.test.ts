import {describe, expect, it} from 'vitest'
import {doccheck, folder} from './run-doccheck.ts'

describe('the top of a host that the configuration states', () => {
  const found = (home: string, ...urls: string[]) => foundWith(home, urls)
  const foundWith = async (home: string, urls: readonly string[], more: Record<string, string> = {}) => {
    const root = folder({
      'mkdocs.yml': `site_name: x\nsite_url: ${home}\n`,
      'docs/index.md': urls.map((url) => `[x](${url})\n`).join('\n'),
      'docs/installation.md': '# I\n',
      'docs/guide/setup.md': '# S\n',
      ...more,
    })
    const {out} = await doccheck(root, ['--offline', '--reporter', 'json'])
    const files: {messages: {reason: string; fatal: boolean}[]}[] = JSON.parse(out)
    return files.flatMap(({messages}) => messages.map(({fatal, reason}) => `${fatal ? 'E' : 'W'} ${reason}`))
  }
  const likely = (url: string) =>
    `W Unexpected link to missing file \`${url}\` (likely: no other page at the top of the host is missing)`

  it('belongs to the site if a page is similar', async () =>
    expect(await found('https://docs.test/', 'https://docs.test/instalation')).toEqual([
      'W Unexpected link to missing file `https://docs.test/instalation`, expected `https://docs.test/installation` (likely: docs/installation.md exists)',
    ]))

  it.each([
    ['https://docs.test/', 'https://docs.test/zqx'],
    ['https://docs.test/', '/zqx/'],
  ])('likely belongs to the site at %s if only %s is missing there', async (home, url) =>
    expect(await found(home, url)).toEqual([likely(url)]),
  )

  it('has folders of other sites, which may have a page of this one as their index', async () => {
    expect(await found('https://docs.test/', 'https://docs.test/guide/zqx')).toEqual([
      'E Unexpected link to missing file `https://docs.test/guide/zqx`',
    ])
    expect(await found('https://docs.test/', 'https://docs.test/installation/zqx')).toEqual([])
  })

  it('may lack two pages', async () =>
    expect(await found('https://docs.test/', '/zqx/', 'https://docs.test/xqz')).toEqual(
      ['/zqx/', 'https://docs.test/xqz'].map((url) =>
        likely(url).replace('no other page', 'only one other page'),
      ),
    ))

  it('may lack more pages that are named like files if three times as many are there', async () => {
    const gone = ['a', 'b', 'c'].map((name) => `https://docs.test/${name}.html`)
    const all = ['/installation.html', ...[...'defghijk'].map((name) => `/${name}.html`)]
    const more = Object.fromEntries([...'defghijk'].map((name) => [`docs/${name}.md`, '# D\n']))
    more['mkdocs.yml'] = 'site_name: x\nsite_url: https://docs.test/\nuse_directory_urls: false\n'
    expect(await foundWith('https://docs.test/', [...all, ...gone], more)).toEqual(
      gone.map(
        (url) =>
          `W Unexpected link to missing file \`${url}\` (likely: 9 of 12 targets at the top of the site exist)`,
      ),
    )
    expect(await foundWith('https://docs.test/', [...all.slice(1), ...gone], more)).toEqual([])
    const folders = gone.map((url) => url.replace('.html', '/'))
    expect(await foundWith('https://docs.test/', [...all, ...folders], more)).toEqual([])
  })

  it('has other pages if most of what the site should have is missing', async () => {
    const gone = Array.from({length: 10}, (_, index) => `https://docs.test/guide/gone-${index}`)
    const all = await found('https://docs.test/', 'https://docs.test/zqx', ...gone)
    expect(all.filter((message) => message.includes('zqx'))).toEqual([])
  })

  it('may have what is built from another folder of the tree', async () => {
    const root = folder({
      'site/mkdocs.yml': 'site_name: x\nsite_url: https://docs.test/\n',
      'site/docs/index.md': '# I\n',
      'api/conf.py': '',
      'README.md': '[a](https://docs.test/api/) [b](https://docs.test/apis/)\n',
    })
    const {out} = await doccheck(root, ['--offline'])
    expect(out.match(/Unexpected.*?`[^`]*`/g)).toEqual([
      'Unexpected link to missing file `https://docs.test/apis/`',
    ])
  })

  it.each([
    [
      'pages of another site are there',
      'https://docs.test/',
      'https://docs.test/play',
      'https://docs.test/shop',
      '/forum/',
    ],
    ['it is a folder with pages', 'https://docs.test/', 'https://docs.test/guide'],
    ['it is a file', 'https://docs.test/', 'https://docs.test/play.zip'],
    ['it is a file without extension', 'https://docs.test/', 'https://docs.test/VERSION'],
    ['it is a version', 'https://docs.test/', 'https://docs.test/v2'],
    ['it is a language', 'https://docs.test/', 'https://docs.test/pt-br'],
    ['it is above the base', 'https://docs.test/en/', 'https://docs.test/de/'],
    ['each repository has a folder', 'https://x.github.io/', 'https://x.github.io/play', '/play'],
  ])('may have other pages if %s', async (_, home, ...urls) => expect(await found(home, ...urls)).toEqual([]))
})
