import {describe, expect, it} from 'vitest'
import {Translations} from '../src/site/evidence/translations.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

describe('the translations of a page', () => {
  it.each([
    ['docs/de/use.md', ['docs/en/use.md', 'docs/use.md', 'docs/use.pt-br.md']],
    ['docs/de/more/use.md', ['docs/fr/more/use.md']],
    ['docs/other/use.md', []],
    ['docs/de/index.md', ['docs/index.md']],
    ['docs/de/more/index.md', []],
  ])('%s', (path, translations) => {
    const paths = [
      'docs/en/use.md',
      'docs/fr/more/use.md',
      'docs/index.md',
      'docs/use.md',
      'docs/use.pt-br.md',
    ]
    const found = new Translations([...paths, 'docs/de/use.md', 'docs/de/more/use.md', 'docs/other/use.md'])
    expect(found.of(path)).toEqual(translations)
  })
})

describe('a fragment that a heading has in a translation only', () => {
  const site = (german: string, code = '---\nconst {id} = Astro.props\n---\n<p id={id}></p>\n') => ({
    'astro.config.mjs':
      "import starlight from '@astrojs/starlight'\nexport default {integrations: [starlight({})]}\n",
    'src/components/C.astro': code,
    'src/content/docs/en/use.mdx': '[x](#the-lamp)\n\n## The lamp\n\n## More\n',
    'src/content/docs/de/use.mdx': `import C from '../../../components/C.astro'\n\n[x](#the-lamp)\n\n${german}\n\n<C />\n`,
  })
  const messagesFor = async (files: Record<string, string>) =>
    messagesOf(await checkFolder(folder(files), 'no-missing-anchor'))

  it('is likely missing, whatever components add', async () => {
    expect(await messagesFor(site('## Die Lampe\n\n## Mehr'))).toEqual([
      'src/content/docs/de/use.mdx 3:5-3:14 Unexpected link to missing anchor `#the-lamp` (likely: the heading that has it in src/content/docs/en/use.mdx has another id here)',
    ])
  })

  it('is not judged if the page has other headings, or shows content from elsewhere', async () => {
    expect(await messagesFor(site('## Mehr'))).toEqual([])
    const code = "---\nconst html = fs.readFileSync('x')\n---\n<Fragment set:html={html} />\n"
    expect(await messagesFor(site('## Die Lampe\n\n## Mehr', code))).toEqual([])
  })
})
