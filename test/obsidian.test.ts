import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {git, repository} from './repository.ts'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'

const SETTINGS = '.obsidian/app.json'

const vault = (files: Record<string, string>, settings: object = {}) =>
  folder({[SETTINGS]: JSON.stringify(settings), ...files})

/** The findings about links and anchors of a vault. */
async function findings(files: Record<string, string>, settings?: object): Promise<string[]> {
  const root = vault(files, settings)
  const results = [await checkFolder(root, 'no-broken-link'), await checkFolder(root, 'no-missing-anchor')]
  return results.flatMap(messagesOf)
}

/** A vault with so many notes, each with a link to the next one. */
const notes = (count: number) =>
  Object.fromEntries(
    Array.from({length: count}, (_, at) => [`n/Note ${at}.md`, `[[Note ${(at + 1) % count}]]\n`]),
  )

describe('links of a vault', () => {
  it.each([
    '[[B]] [[b]] [[B.md]] [[other/B]] [[/other/B]] [[./A]] [[../other/B|text]] [[B#]] [[A]] [[#^own]] ^own',
    '[[B#Head two]] [[B#head TWO]] [[B#One#Head two]] [[B#Head: two!]] [[B#^Block]] [[B#head-two]]',
    '[[B#See Page, x(C.md)|text]] [[B#Café]]',
    '![[pic.png]] ![[pic.png|100]] ![[PIC.png|100x20]] ![[B]] ![[B#Head two]] [[board.canvas]] [[a.base]]',
    '[b](B.md) [b](other/B.md) [b](/other/B.md) [b](B) [b](B.md#Head%20two) [b](<B.md#Head two>) [b](B.md#%5Eblock) ![p](pic.png)',
    '[[https://e.org/x]] [o](obsidian://open?vault=x) [[obsidian://open?vault=x]] [[{{title}}]] [[<name>]] ![[*.jpg]]',
    'A = [[1,1],[1,0]], [[x], [y]] [[B|text [1]]]',
    '![x](../../../other/pic.png) <script src="gone.js"></script>',
    '[[v1.2]] [[v1.2#Notes]] [[F# notes]] [[a%20b]]',
    '%% [[Nowhere]] %% `[[Nowhere]]` $[[Nowhere]]$ [[README#Read me!]]',
    '[[2024-05-01]] [[2024-W03]] [[daily/2024-05-02]]',
  ])('%s', async (text) => {
    expect(
      await findings({
        'notes/A.md': text,
        'other/B.md':
          '# One\n\n## Head two\n\nText ^block\n\n## See [[Page]], [x](C.md)\n\n## Cafe\u0301 %%c%%\n',
        'other/Page.md': '',
        'other/C.md': '',
        'other/v1.2.md': '## Notes\n',
        'other/F# notes.md': '',
        'other/a b.md': '',
        'other/pic.png': '',
        'other/board.canvas': '{}',
        'other/a.base': '',
        'README.md': '# Read me!\n',
      }),
    ).toEqual([])
  })

  it('that lead nowhere are found', async () => {
    expect(
      await findings({
        'notes/A.md':
          '# A\n\n[[Nowhere]] [[B#Nowhere]] [[B#^no]] ![[no.png]] [b](no.md) [[#No]] [[B#Head two#No]] [[B#Headtwo]]\n',
        'other/B.md': '## Head two\n\n## Head three\n',
      }),
    ).toEqual([
      'notes/A.md 3:3-3:10 Unexpected link to missing file `Nowhere` (likely: only 1 of the 2 notes that links name are missing)',
      'notes/A.md 3:40-3:46 Unexpected missing image `no.png`',
      'notes/A.md 3:53-3:58 Unexpected link to missing file `no.md`',
      'notes/A.md 3:15-3:24 Unexpected link to missing anchor `#Nowhere` in `other/B.md`',
      'notes/A.md 3:29-3:34 Unexpected link to missing anchor `#^no` in `other/B.md`',
      'notes/A.md 3:62-3:65 Unexpected link to missing anchor `#No`',
      'notes/A.md 3:70-3:83 Unexpected link to missing anchor `#Head two#No` in `other/B.md`',
      'notes/A.md 3:88-3:97 Unexpected link to missing anchor `#Headtwo` in `other/B.md`, expected `#Head two`',
    ])
  })

  it('with a heading that none of several notes has are about the nearest one', async () => {
    const files = {'ca/b/N.md': '', 'es/a/N.md': '# Deep\n', 'es/c/M.md': '[[N#Deeep]]\n'}
    expect(await findings(files)).toEqual([
      'es/c/M.md 1:3-1:10 Unexpected link to missing anchor `#Deeep` in `es/a/N.md`, expected `#Deep`',
    ])
  })

  it('with a heading are not judged where it is in none of the first hundred notes of a name', async () => {
    const found = async (count: number) => {
      const all = Array.from({length: count}, (_, at) => [`n${at}/N.md`, '# Deep\n'])
      return findings({...Object.fromEntries(all), 'M.md': '[[N#Gone]]\n'})
    }
    expect((await found(100)).length).toBe(1)
    expect(await found(101)).toEqual([])
  })

  it('find the best note of a name, or the one with the heading', async () => {
    const root = vault({'a/N.md': '# N\n', 'b/N.md': '# Deep\n', 'b/M.md': '[[N]] [[a/N]] [[N#N]]\n'})
    const {out} = await doccheck(root, ['inspect', 'b/M.md'])
    expect(JSON.parse(out).links.map(({leads}: {leads: {path: string}}) => leads.path)).toEqual([
      'b/N.md',
      'a/N.md',
      'a/N.md',
    ])
  })
})

it('has links between notes in the graph of the report', async () => {
  const root = vault({'A.md': '[[B]] ![[pic.png]]\n', 'x/B.md': '[[A#Gone]]\n', 'x/C.md': '', 'pic.png': ''})
  const {out} = await doccheck(root, ['--offline', '--reporter', 'html'])
  const scopes = [...out.matchAll(/<p class="scope">([^<]*)/g)].map(([, text]) => text)
  expect(scopes.join()).toMatch(/\b3 pages, 2 links\b/)
})

it('reads links in callouts, whose marks are no references', async () => {
  const root = vault({
    'A.md': '> [!note]- See [[B]]\n> > [!tip] Or ![[pic.png]]\n> Text ^one\n\n[[#^one]]\n',
    'B.md': '',
  })
  const {out} = await doccheck(root, ['--offline', '--reporter', 'concise'])
  expect(out.trim().split('\n')).toEqual([expect.stringContaining('missing image `pic.png`')])
})

describe('notes that are not written yet', () => {
  it('are not mistakes where many links name such notes', async () => {
    const unwritten = Array.from({length: 11}, (_, at) => `[[Idea ${'abcdefghijk'[at]}]]`).join(' ')
    expect(await findings({'A.md': unwritten, ...notes(20)})).toEqual([])
    const {out} = await doccheck(vault({'A.md': unwritten, ...notes(20)}), ['--offline'])
    expect(out).toContain('11 links not judged: a link may name a note that is not written yet')
    expect(await findings({'A.md': unwritten, ...notes(220)})).toHaveLength(11)
    expect(await findings({'A.md': '[[B]] [[Idea a]] [[Idea b]]', 'B.md': ''})).toEqual([])
  })

  it('are mistakes if the note was there, or another one is meant', async () => {
    const unwritten = 'abcdefghijk'
      .split('')
      .map((letter) => `[[Idea ${letter}]]`)
      .join(' ')
    const text = '[[Gone#Use]] [[Gone#^b1]] ![[Gone]] [[Notte 1]] [[x/Note 2]] [[The third]] [[note-1]]\n'
    expect(
      await findings({
        'A.md': unwritten,
        'B.md': text,
        ...notes(20),
        'n/Note 3.md': '---\naliases: [The third]\n---\n',
      }),
    ).toEqual([
      'B.md 1:3-1:11 Unexpected link to missing file `Gone#Use` (likely: the link names a heading of the note)',
      'B.md 1:16-1:24 Unexpected link to missing file `Gone#^b1` (likely: the link names a block of the note)',
      'B.md 1:30-1:34 Unexpected link to missing file `Gone` (likely: the link shows the note)',
      'B.md 1:39-1:46 Unexpected link to missing file `Notte 1`, expected `Note 1` (likely: n/Note 1.md exists)',
      'B.md 1:51-1:59 Unexpected link to missing file `x/Note 2`, expected `n/Note 2` (likely: n/Note 2.md exists)',
      'B.md 1:64-1:73 Unexpected link to missing file `The third`, expected `Note 3` (likely: it is an alias of n/Note 3.md, by which links cannot name it)',
      'B.md 1:78-1:84 Unexpected link to missing file `note-1`, expected `Note 1` (likely: n/Note 1.md exists)',
    ])
  })

  it('may be named by links in Markdown if the vault writes these', async () => {
    const text = 'abcdefghijk'
      .split('')
      .map((letter) => `[x](idea-${letter}.md)`)
      .join(' ')
    expect(await findings({'A.md': text, ...notes(20)})).toHaveLength(11)
    expect(await findings({'A.md': text, ...notes(20)}, {useMarkdownLinks: true})).toEqual([])
    const paths = '[x](./n/gone%20idea.md) [y](n/2024-05-01.md)'
    expect(await findings({'A.md': `${text} ${paths}`, ...notes(20)}, {useMarkdownLinks: true})).toEqual([
      'A.md 1:170-1:188 Unexpected link to missing file `./n/gone%20idea.md` (likely: the link has the path of a note)',
    ])
  })
})

describe('repairs', () => {
  it('follow renames by name, and keep the form of the link', async () => {
    const text = Array.from({length: 20}, (_, at) => `Line ${at} of this note.`).join('\n')
    const root = await repository({
      [SETTINGS]: '{}',
      'a/Old.md': `# Old\n\n## Use\n\n${text}\n`,
      'a/pic.png': `png ${text}`,
      'B.md': '[[Old]] [[Old#Use|text]] ![[pic.png|100]]\n\n| a |\n| - |\n| [[a/Old\\|text]] |\n',
      ...notes(30),
    })
    await git(root, 'commit', '-qm', 'x')
    await git(root, 'mv', 'a/Old.md', 'n/New name.md')
    await git(root, 'mv', 'a/pic.png', 'n/new.png')
    await git(root, 'commit', '-qm', 'y')
    const {out} = await doccheck(root, ['--offline', '--fix'])
    expect(readFileSync(path.join(root, 'B.md'), 'utf8')).toBe(
      '[[New name]] [[New name#Use|text]] ![[new.png|100]]\n\n| a |\n| - |\n| [[n/New name\\|text]] |\n',
    )
    expect(out).toContain('no problems')
  })

  it('are certain for notes that git shows to be removed', async () => {
    const root = await repository({
      [SETTINGS]: '{}',
      'n/Gone.md': '# Gone\n',
      'B.md': '[[Gone]]\n',
      ...notes(30),
    })
    await git(root, 'commit', '-qm', 'x')
    await git(root, 'rm', '-q', 'n/Gone.md')
    await git(root, 'commit', '-qm', 'y')
    const {out} = await doccheck(root, ['--offline', '--since', 'HEAD~1'])
    expect(out).toContain('B.md:1:3  error')
  })

  it('of headings are written as links in Markdown and wikilinks need them', async () => {
    const root = vault({
      'A.md': '[[B#Settings of the lampp]] [b](B.md#Settings%20of%20the%20lampp)\n',
      'B.md': '## Settings of the lamp\n',
    })
    await doccheck(root, ['--offline', '--fix', '--unsafe'])
    expect(readFileSync(path.join(root, 'A.md'), 'utf8')).toBe(
      '[[B#Settings of the lamp]] [b](B.md#Settings%20of%20the%20lamp)\n',
    )
  })
})

describe('detection', () => {
  const platformOf = async (root: string, file: string): Promise<string> =>
    JSON.parse((await doccheck(root, ['inspect', file])).out).site.platform

  it('finds vaults by any of their settings, also in folders', async () => {
    const root = folder({
      'v/.obsidian/plugins/x/data.json': '{}',
      'v/A.md': '',
      'B.md': '',
      'v/README.md': '',
    })
    expect(await platformOf(root, 'v/A.md')).toBe('obsidian')
    expect(await platformOf(root, 'B.md')).toBe('github')
    expect(await platformOf(root, 'v/README.md')).toBe('github')
  })

  it('leaves pages to any other site that publishes them', async () => {
    const files = {
      'docs/.obsidian/app.json': '{}',
      '.obsidian/app.json': '{}',
      'docs/a.md': '[[b]]',
      'notes/a.md': '',
    }
    const mkdocs = folder({...files, 'mkdocs.yml': 'site_name: S\n'})
    expect(await platformOf(mkdocs, 'docs/a.md')).toBe('mkdocs')
    expect(await platformOf(mkdocs, 'notes/a.md')).toBe('github')
    const beside = folder({
      ...files,
      'site/docusaurus.config.js': "export default {presets: [['classic', {docs: {path: '../docs'}}]]}",
    })
    expect(await platformOf(beside, 'docs/a.md')).toBe('docusaurus')
    expect(
      await platformOf(
        folder({...files, 'docs/book.toml': '[book]\nsrc = "."\n', 'docs/SUMMARY.md': ''}),
        'docs/a.md',
      ),
    ).toBe('mdbook')
  })

  it('finds vaults whose settings git ignores by the links of their pages', async () => {
    const ignored = (files: Record<string, string>) =>
      folder({'.gitignore': 'node_modules/\n.obsidian/\n', ...files})
    expect(await platformOf(ignored(notes(10)), 'n/Note 1.md')).toBe('obsidian')
    expect(await platformOf(ignored({'a.md': '[[a]] [[b]] [[c]]', ...notes(3)}), 'a.md')).toBe('github')
    expect(await platformOf(folder(notes(10)), 'n/Note 1.md')).toBe('github')
  })

  it('leaves the files of hidden folders alone', async () => {
    expect(
      await findings({
        '.trash/A.md': '[a](gone.md) [[gone]]',
        '.obsidian/plugins/x/notes.md': '![x](no.png)',
      }),
    ).toEqual([])
  })
})
