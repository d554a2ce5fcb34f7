import {expect, it} from 'vitest'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const THEME = {
  'layouts/_default/single.html': '{{ .Content }}',
  'content/of-theme.md': '# Of the theme\n',
  'static/theme.pdf': '',
}

/** A theme in a folder of its own, whose path is `example.org/theme`. */
const themeIn = (name: string) => ({
  ...Object.fromEntries(Object.entries(THEME).map(([file, text]) => [`${name}${file}`, text])),
  [`${name}go.mod`]: 'module example.org/theme\n\ngo 1.21\n',
})
const IMPORTS = 'module:\n  imports:\n    - path: example.org/theme\n'

// Without the theme, all three may be published by it.
const check = async (site: string, files: Record<string, string>) =>
  messagesOf(
    await checkFolder(
      folder({
        ...files,
        [`${site}layouts/.gitkeep`]: '',
        [`${site}content/a.md`]: '[a](/of-theme/) [b](/theme.pdf) [c](/gone/)\n',
      }),
    ),
  )
    .filter((each) => each.startsWith(`${site}content/a.md`))
    .map((each) => /`([^`]*)`/.exec(each)?.[1])

it.each<[string, string, Record<string, string>]>([
  [
    'a workspace',
    'docs/',
    {
      ...themeIn(''),
      'docs/hugo.yaml': `module:\n  workspace: own.work\n${IMPORTS.replace('module:\n', '')}`,
      'docs/own.work': 'go 1.26\n\nuse (\n\t.\n\t../\n)\n',
    },
  ],
  [
    'the usual workspace',
    '',
    {...themeIn('theme/'), 'hugo.yaml': IMPORTS, 'hugo.work': 'go 1.26\nuse .\nuse ./theme\n'},
  ],
  [
    'a replaced module',
    'docs/',
    {
      ...themeIn('theme/'),
      'docs/hugo.yaml': IMPORTS,
      'docs/go.mod':
        'module example.org/docs\n\nreplace (\n\texample.org/theme v1.2.0 => ../theme // own\n)\n',
    },
  ],
  [
    'a replacement of the configuration',
    '',
    {
      ...themeIn('theme/'),
      'hugo.yaml': `module:\n  replacements: example.org/other -> ../x, example.org/theme -> ../theme\n${IMPORTS.replace('module:\n', '')}`,
    },
  ],
  [
    'the repository of the theme',
    'exampleSite/',
    {...themeIn(''), 'exampleSite/hugo.yaml': 'theme: theme\nthemesDir: ../..\n'},
  ],
])('a theme is taken from the tree by %s', async (_, site, files) => {
  expect(await check(site, files)).toEqual(['/gone/'])
})

it('is elsewhere if nothing leads to a folder of the tree', async () => {
  const files = {...themeIn('theme/'), 'hugo.yaml': IMPORTS}
  expect(await check('', {...files, 'go.mod': 'replace example.org/theme => /src/theme\n'})).toEqual([])
  expect(await check('', {...files, 'go.mod': 'replace example.org/theme => ./gone\n'})).toEqual([])
})

it.each([
  ['', []],
  ['      mounts: [{source: pages, target: content/ref}]\n', ['/of-theme/', '/theme.pdf', '/gone/']],
  ['      mounts: [{source: gone.md, target: content/gone.md}]\n', ['/of-theme/', '/theme.pdf']],
  ['      mounts: [{source: pages, target: content}]\n', []],
  ['      mounts: [{source: layouts, target: layouts}]\n', []],
  ['      noMounts: true\n', ['/of-theme/', '/theme.pdf', '/gone/']],
])('a module from elsewhere adds what an import mounts of it: %j', async (mounts, expected) => {
  expect(await check('', {'hugo.yaml': IMPORTS + mounts})).toEqual(expected)
})
