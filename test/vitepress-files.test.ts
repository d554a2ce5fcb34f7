import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {vitepressSyntax} from '../src/site/platforms/vitepress/syntax.ts'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'

const CONFIG = {'.vitepress/config.js': "export default {title: 'x'}"}

/** The paths of the snippets on a page. */
async function snippets(text: string): Promise<string[]> {
  const {links} = await readPage('a.md', text, vitepressSyntax)
  return links.filter(({kind}) => kind === 'include').map(({target}) => text.slice(target.start, target.end))
}

describe('code snippets', () => {
  it.each([
    // As `parseSnippetPath` of VitePress reads them.
    ['<<< @/a.js', '@/a.js'],
    ['<<<@/a.js', '@/a.js'],
    ['   <<< ./a.js  ', './a.js'],
    ['<<< @/a.js{2}', '@/a.js'],
    ['<<< @/a.js {1,3-5 ts:line-numbers}', '@/a.js'],
    ['<<< @/a.js#part', '@/a.js'],
    ['<<< @/a.js#part{1} [Title]', '@/a.js'],
    ['<<< @/a.js [Title of it]', '@/a.js'],
    ['<<< @/a.js[Title]', '@/a.js'],
    ['<<< @/a.js{2}[Title of it]\r', '@/a.js'],
    ['<<< ../b/[id].ts', '../b/[id].ts'],
    ['<<< a file.js', 'a file.js'],
    ['<<< @/a.js\r', '@/a.js'],
  ])('%j names %j', async (line, expected) => {
    expect(await snippets(`# A\n\n${line}\n\ntext\n`)).toEqual([expected])
  })

  it.each(['    <<< @/a.js', '```\n<<< @/a.js\n```', 'a <<< b', '<<<', '<<< {2}'])(
    '%j names none',
    async (text) => {
      expect(await snippets(`# A\n\n${text}\n`)).toEqual([])
    },
  )

  it('are files of the site', async () => {
    const root = folder({
      ...CONFIG,
      'a.js': '',
      'sub/b.js': '',
      'sub/page.md':
        '# A\n\n<<< @/a.js#x\n\n<<< ./b.js\n\n<<< b.js{1}\n\n<<< @/b.js\n\n<<< c.js{1}\n\n<<< @/../c.js [C]\n',
      // A script puts something else in its place.
      'sub/virtual.md': '# B\n\n<!--@include: virtual:shapes -->\n',
    })
    expect(messagesOf(await checkFolder(root, 'no-broken-link'))).toEqual([
      'sub/page.md 9:5-9:11 Unexpected include of missing file `@/b.js`, expected `@/sub/b.js`',
      'sub/page.md 11:5-11:9 Unexpected include of missing file `c.js`',
    ])
  })

  it('may be named in another way where a plugin reads them', async () => {
    const check = async (plugin: string) =>
      messagesOf(
        await checkFolder(
          folder({
            '.vitepress/config.js':
              "import {demo} from './demo.js'\nexport default {markdown: {config: demo}}",
            '.vitepress/demo.js': plugin,
            'demo.vue': '',
            'a.md': '# A\n\n<<< DEMO ./demo.vue\n\n<!--@include: ./gone.md-->\n',
          }),
          'no-broken-link',
        ),
      )
    const include = 'a.md 5:15-5:24 Unexpected include of missing file `./gone.md`'
    expect(await check("export const demo = (md) => md.use(other, '<<< DEMO ')")).toEqual([include])
    expect(await check('export const demo = (md) => md.use(other)')).toEqual([
      'a.md 3:5-3:20 Unexpected include of missing file `DEMO ./demo.vue`, expected `demo.vue`',
      include,
    ])
  })

  it('may be above the folder of the pages', async () => {
    const root = folder({
      '.vitepress/config.js': "export default {srcDir: 'docs'}",
      'a.js': '',
      'docs/index.md': '<<< @/../a.js\n\n<<< @/../gone.js\n',
    })
    expect(messagesOf(await checkFolder(root, 'no-broken-link'))).toEqual([
      'docs/index.md 3:5-3:17 Unexpected include of missing file `@/../gone.js`',
    ])
  })

  it('keep their form when they are repaired', async () => {
    const root = folder({
      ...CONFIG,
      'src/lamp.ts': '',
      'a.md': '# A\n\n<<< @/src/Lamp.ts#on{1} [On]\n\n<<< src/Lamp.ts\n',
    })
    await doccheck(root, ['--fix', '--offline'])
    expect(readFileSync(path.join(root, 'a.md'), 'utf8')).toBe(
      '# A\n\n<<< @/src/lamp.ts#on{1} [On]\n\n<<< src/lamp.ts\n',
    )
  })

  it('begin at other pages where those show the text', async () => {
    const root = folder({
      '.vitepress/config.js': "export default {srcExclude: ['parts/**']}",
      'parts/a.md': '<<< ./a.js\n\n<<< @/a.js\n',
    })
    expect(messagesOf(await checkFolder(root, 'no-broken-link'))).toEqual([
      'parts/a.md 3:5-3:11 Unexpected include of missing file `@/a.js`',
    ])
  })
})

describe('links to files', () => {
  const FILES = {...CONFIG, 'public/a.ini': '', 'public/LICENSE': '', 'public/a.pdf': ''}
  const LINKS =
    '[a](/a.ini) [b](/LICENSE) [c](/a.pdf)\n\n[d](/a.ini){download} [e](/LICENSE){target="_self"}\n'

  it('with an extension that is not known are pages', async () => {
    const root = folder({...FILES, 'index.md': LINKS})
    expect(messagesOf(await checkFolder(root, 'no-broken-link'))).toEqual([
      'index.md 1:5-1:11 Unexpected link to missing file `/a.ini`',
      'index.md 1:17-1:25 Unexpected link to missing file `/LICENSE`',
    ])
  })

  it.each([
    {'.vitepress/config.js': 'export default {cleanUrls: true}'},
    {'.vitepress/config.js': 'export default {cleanUrls: process.env.CLEAN}'},
  ])('are found with %j', async (config) => {
    const root = folder({...FILES, ...config, 'index.md': LINKS})
    expect(messagesOf(await checkFolder(root, 'no-broken-link'))).toEqual([])
  })

  it('are files if the site has extensions of its own', async () => {
    const root = folder({...FILES, '.env': 'VITE_EXTRA_EXTENSIONS=ini\n', 'index.md': '[a](/a.ini)\n'})
    expect(messagesOf(await checkFolder(root, 'no-broken-link'))).toEqual([])
  })
})

describe('scripts', () => {
  it('import modules that have to be there, as the build stops otherwise', async () => {
    const script = [
      '<script setup lang="ts">',
      "import A from './parts/A.vue'",
      "import B from './parts/B.vue'",
      'import {',
      '  c,',
      "} from '../data/c.data.ts'",
      "import './gone.css'",
      "import {d} from './d'",
      "import e from 'e'",
      "import f from './f.svg?raw'",
      "import g from './g'",
      '</script>',
    ].join('\n')
    const files = {
      ...CONFIG,
      'parts/A.vue': '<template><p /></template>',
      // A configured extension may be omitted.
      'd.svelte': '<p />',
      'guide/index.md': '# G\n',
      'index.md': `# A\n\n\`\`\`vue\n${script}\n\`\`\`\n\n${script}\n`,
    }
    expect(messagesOf(await checkFolder(folder(files), 'no-broken-link'))).toEqual([
      'index.md 20:16-20:29 Unexpected link to missing file `./parts/B.vue`',
      'index.md 24:9-24:19 Unexpected link to missing file `./gone.css`',
      'index.md 27:16-27:27 Unexpected link to missing file `./f.svg?raw`',
      'index.md 28:16-28:19 Unexpected link to missing file `./g`',
    ])
  })
})
