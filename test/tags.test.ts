import {expect, it} from 'vitest'
import {checkFolder, folder} from './run-doccheck.ts'

const undefinedOn = async (text: string) =>
  (await checkFolder(folder({'a.md': text}), 'no-undefined-reference')).pages[0]!.findings.map(
    ({message}) => /undefined label `(.*?)`/.exec(message)![1],
  )

// Found on public docs, where nobody had meant a reference.
it.each([
  [
    'words that sort items',
    '- [Bug Bash][Unstable] An error\n- [DCR][No Impact]: more\n- [Test][zh-TW]text\n',
  ],
  [
    'what sorts in one place is no evidence in another',
    '- [private][ann] about x\n\n---\n\n* [ann] about y\n',
  ],
  [
    'links in brackets',
    '[[1](https://a.example)][[2](https://b.example)] and [Ann][[Slides](https://c.example)]\n',
  ],
  ['words that sort items of a scope', '- **lint:** [no-x][no-y] remove\n- **lint:** [no-y] handle\n'],
  ['words that sort within a link', '[[PUBLIC][Proposal] A new thing](https://a.example)\n'],
  ['three tags in a row', '# Log\n\n[Menu][Popover][Tooltip] Add a value\n\n[Popover] Fix it\n\n[x]: x.md\n'],
  ['two tags of which one stands alone elsewhere', 'By [SIG][Chair]\n\nThe [SIG] meets.\n\n[x]: x.md\n'],
  ['attributes directly before a name', '| [AllowNull][NotNull]T |\n| --- |\n'],
  ['attributes of code', 'the parameter [Optional][DefaultValue(0)].\n'],
  [
    'a name that is a label once',
    '- [Tim]: https://a.example\n- [Tim] says\n- [Tim] asks\n- [Ann] answers\n',
  ],
])('takes for no references: %s', async (_, text) => {
  expect(await undefinedOn(text)).toEqual([])
})

it.each([
  ['an item that is a reference', '- [Bug Bash][unstable]\n', ['unstable']],
  ['an item whose label is its text', '- [setup][setup] explains it\n', ['setup']],
  ['an item on a page with definitions', '- [Setup][setup] explains it, see [x]\n\n[x]: x.md\n', ['setup']],
  ['a paragraph', '[Setup][setup] explains it\n', ['setup']],
  ['siblings with several labels', '- [a]\n- [b] more\n- [c] more\n\n[a]: a.md\n[b]: b.md\n', ['c']],
  ['two references in a row', '[English][en][Deutsch][de]\n', ['en', 'de']],
  ['a particle of Korean', '[지연 로딩][lazy]를 사용\n', ['lazy']],
  ['a plural', 'two [setup guide][setup]s\n', ['setup']],
  ['an image in a link', '[![Logo][logo]](https://a.example)\n', ['logo']],
])('takes for references: %s', async (_, text, labels) => {
  expect(await undefinedOn(text)).toEqual(labels)
})

it('reads labels over the lines of a block quote', async () => {
  const text =
    '> See the [foo\n> bar], and [text][two\n> lines], and [not\n> there][].\n\n[foo bar]: https://a.example\n'
  const {pages} = await checkFolder(folder({'a.md': `${text}[two lines]: https://b.example\n`}))
  expect(pages[0]!.findings.map(({message}) => message)).toEqual([
    'Unexpected reference to undefined label `not there`',
  ])
})

it('tells of a definition that nothing refers to only what is certain, since readers never see its URL', async () => {
  const names = [...'abcdefghijkl']
  const pages = Object.fromEntries(names.map((name) => [`docs/guide/${name}.md`, '# P\n']))
  const links = names.map((name) => `[${name}](/guide/${name}/)`).join(' ')
  const text = `${links} and [used]\n\n[used]: /guide/gone/\n[unused]: /guide/nowhere/\n`
  const ofSite = await checkFolder(folder({...pages, 'docs/guide/list.md': text}), 'no-broken-link')
  expect(ofSite.pages.flatMap(({findings}) => findings.map(({message}) => message))).toEqual([
    'Unexpected definition for missing file `/guide/gone/` (likely: all 12 other targets in /guide/ exist)',
  ])
  const ofHost = await checkFolder(folder({'a.md': '[unused]: gone.md\n'}), 'no-broken-link')
  expect(ofHost.pages[0]!.findings).toHaveLength(1)
})

it('leaves labels alone that several pages of an unknown generator name, as a program may resolve them', async () => {
  const link = (name: string) => `[x](/guide/${name}/)`
  const names = [...'abcdefghijkl']
  const pages = Object.fromEntries(names.map((name) => [`docs/guide/${name}.md`, `# P\n\n${link('a')}\n`]))
  const files = {
    ...pages,
    'docs/guide/list.md': `${names.map(link).join(' ')}\n`,
    'docs/guide/b.md': 'See [options][Test] and [the suite][Suite]\n',
    'docs/guide/c.md': 'See [Test]\n',
    'docs/guide/d.md': 'See [Test] and [Suite]\n',
    // One page in three languages.
    'docs/guide/de/e.md': 'See [x][Once]\n',
    'docs/guide/fr/e.md': 'See [x][Once]\n',
    'docs/guide/ja/e.md': 'See [x][Once]\n',
  }
  const {pages: results} = await checkFolder(folder(files), 'no-undefined-reference')
  expect(results.flatMap(({findings}) => findings.map(({message}) => message))).toEqual([
    'Unexpected reference to undefined label `Suite`',
    ...Array<string>(3).fill('Unexpected reference to undefined label `Once`'),
  ])
})

it('leaves names of modules alone on a site of an unknown generator on which qualified ones have no definition', async () => {
  const letters = [...'abcdefghijkl']
  const check = async (labels: readonly string[], definitions = '') => {
    const texts = letters.map((name, at) => [
      `docs/guide/${name}.md`,
      `# P\n\n[x](/guide/a/) ${labels[at]}\n`,
    ])
    const list = letters.map((name) => `[x](/guide/${name}/)`).join(' ')
    const pages = {...Object.fromEntries(texts), 'docs/guide/list.md': `${list}\n\n${definitions}`}
    const {pages: results} = await checkFolder(folder(pages), 'no-undefined-reference')
    return results.flatMap(({findings}) => findings.map(({target}) => target?.name))
  }
  const ofModule = letters.map((name) => `[the ${name}][lamps.wick.${name.toUpperCase()}]`)
  expect(await check(ofModule.with(0, '[`enum`][] [x][of lamps]'))).toEqual(['OF LAMPS'])
  const nine = ofModule.slice(0, 9).concat('', '', '')
  expect(await check(nine)).toEqual([])
  expect(await check(nine, '[x][lamps.wick]\n\n[lamps.wick]: /guide/a/\n')).toHaveLength(9)
  expect(await check(ofModule.slice(0, 2).concat(Array(10).fill('')))).toHaveLength(2)
})

it('leaves names of modules alone on a site that no description fits', async () => {
  const labels = ['lamps.Wick', 'lamps.Oil', 'lamps.light.Flame']
  const text = labels.map((name) => `[the][${name}]`).join(' ')
  const check = async (more: Record<string, string>) => {
    const files = {'docs/index.md': `# A\n\n${text} [x][of lamps]\n`, ...more}
    const {pages: results} = await checkFolder(folder(files), 'no-undefined-reference')
    return results.flatMap(({findings}) => findings.map(({target}) => target?.name))
  }
  expect(await check({'zensical.toml': '[project]\nsite_name = "x"\n'})).toEqual(['OF LAMPS'])
  expect(await check({})).toHaveLength(4)
})
