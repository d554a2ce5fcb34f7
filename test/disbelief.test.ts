import {describe, expect, it} from 'vitest'
import {FragmentForms} from '../src/site/evidence/fragment-forms.ts'
import {doccheck, folder} from './run-doccheck.ts'

/** The findings of a run, and the number of links that were not judged. */
async function run(files: Record<string, string>, ...paths: string[]) {
  const root = folder(files)
  const {out} = await doccheck(root, ['--offline', '--reporter', 'json', ...paths])
  const results: {path: string; messages: {reason: string; fatal: boolean}[]}[] = JSON.parse(out)
  return results.flatMap(({path, messages}) =>
    messages.map(({reason, fatal}) => `${path}: ${fatal ? 'E' : 'W'} ${reason}`),
  )
}

/** A line with a link to each URL. */
const links = (...urls: string[]) => `${urls.map((url) => `[x](${url})`).join(' ')}\n`

/** The URLs of pages that are not in the tree. */
const GONE = Array.from({length: 10}, (_, index) => `option-${index}.html#grid`)

describe('a site most of whose links lead nowhere', () => {
  // A program reads `_config.yml` that is not Jekyll.
  const SITE = {
    '_config.yml': 'exclude: [x]\n',
    'api/events.md': `# Events\n\n${links(...GONE)}`,
    'api/chart.md': `# Chart\n\n${links('events.html')}`,
  }

  it('is not what it seems, so that nothing is said', async () => expect(await run(SITE)).toEqual([]))

  it('is told from its pages alone, too', async () => expect(await run(SITE, 'api/events.md')).toEqual([]))

  it('is told from one link of it', async () =>
    expect(await run({...SITE, 'api/one.md': links('gone.html')}, 'api/one.md')).toEqual([]))

  it('says why links are not judged', async () => {
    const {out} = await doccheck(folder(SITE), ['--offline'])
    expect(out).toContain('most such links of the site lead nowhere, so that another program may publish it')
  })

  it('still has errors that hold for any program', async () => {
    const files = {...SITE, 'api/Case.md': '# C\n', 'api/case-links.md': links('case.md')}
    expect(await run(files)).toEqual([
      'api/case-links.md: E Unexpected letter case in link `case.md`, expected `Case.md`',
    ])
  })

  it('is believed as soon as as many links lead somewhere', async () => {
    const names = [...'abcdefghij']
    const pages = Object.fromEntries(names.map((name) => [`api/${name}.md`, '---\n---\n# P\n']))
    const found = links(...names.map((name) => `${name}.html`))
    expect(await run({...SITE, ...pages, 'api/list.md': `---\n---\n${found}`})).toHaveLength(10)
  })

  it('is not believed if most links are written for another program', async () => {
    const foreign = links(...GONE.map((_, index) => `~chart-${index}`))
    const files = {
      '_config.yml': 'exclude: [x]\n',
      'api/a.md': `# A\n\n${foreign}${links('option.html#grid', 'b.html')}`,
      'api/b.md': '---\n---\n# B\n',
    }
    expect(await run(files)).toEqual([])
    expect(await run({...files, 'api/a.md': links('option.html#grid', 'b.html')})).toHaveLength(1)
  })

  it('is doubted by form of link: those to sources that exist stay certain', async () => {
    const sources = links('chart.md', 'events.md', 'gone.md')
    expect(await run({...SITE, 'api/more.md': sources})).toEqual([
      'api/more.md: E Unexpected link to missing file `gone.md`',
    ])
  })
})

describe('few missing targets', () => {
  it('are errors, even if they are more than those that exist', async () =>
    expect(await run({'mkdocs.yml': 'site_name: x\n', 'docs/index.md': links('a.md', 'b.md')})).toHaveLength(
      2,
    ))
})

describe('fragments that begin alike', () => {
  const options = Array.from({length: 10}, (_, index) => `#opt-programs.p${index}.enable`)
  const BOOK = {'book.toml': '[book]\n', 'src/SUMMARY.md': '[A](a.md)\n'}

  it('are computed by a program if many are missing and none is found', async () => {
    const files = {...BOOK, 'src/a.md': `# A\n\n${links(...options, '#zqx')}`}
    expect(await run(files)).toEqual(['src/a.md: E Unexpected link to missing anchor `#zqx`'])
  })

  it('are errors if one of them is found', async () => {
    const files = {...BOOK, 'src/a.md': `# Opt in\n\n${links(...options, '#opt-in')}`}
    expect(await run(files)).toHaveLength(10)
  })

  it('are errors if the page has ids of the same letters', async () => {
    const headings = options.map((_, index) => `## opt programs.p${index}.enable\n`).join('\n')
    const files = {...BOOK, 'src/a.md': `# A\n\n${links(...options)}\n${headings}`}
    expect(await run(files)).toHaveLength(10)
  })

  it('are errors if they are few', async () => {
    const files = {...BOOK, 'src/a.md': `# A\n\n${links(...options.slice(1))}`}
    expect(await run(files)).toHaveLength(9)
  })

  it('are told by their first word', () => {
    const forms = new FragmentForms()
    for (let index = 0; index < 10; index++) forms.add(`opt-${index}`, false)
    forms.add('word', false)
    expect(forms.computed('opt-x')).toBe('opt-')
    expect(forms.computed('optional')).toBeUndefined()
    expect(forms.computed('word')).toBeUndefined()
  })
})

describe('a repository', () => {
  it('may hold the pages of a site to whose URLs they link', async () => {
    const urls = GONE.map((_, index) => `/lessons/page-${index}`)
    expect(await run({'git/a.md': links(...urls, 'b.md'), 'git/b.md': '# B\n'})).toEqual([])
  })

  it('lacks the files that it names, however many', async () => {
    const names = GONE.map((_, index) => `/keps/${index}.md`)
    expect(await run({'git/a.md': links(...names, 'b.md'), 'git/b.md': '# B\n'})).toHaveLength(10)
  })
})

describe('a page that exists at a link without extension, in a repository', () => {
  const page = (frontMatter: string) => ({
    'docs/a.md': `${frontMatter}${links('cache')}`,
    'docs/cache.md': '# C\n',
  })

  it('is missing for the readers of the host', async () =>
    expect(await run(page(''))).toEqual([
      'docs/a.md: E Unexpected link to missing file `cache`, expected `cache.md`',
    ]))

  it('may be published by the program that reads front matter', async () =>
    expect(await run(page('---\nsummary: x\n---\n\n'))).toEqual([]))
})
