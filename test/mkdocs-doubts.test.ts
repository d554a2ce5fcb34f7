import {expect, it} from 'vitest'
import {isWritten, writtenPaths} from '../src/site/shared/written-paths.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

/** The messages of a site with a configuration, without places and rules. */
async function messages(config: string, files: Record<string, string>): Promise<string[]> {
  const report = await checkFolder(
    folder({'mkdocs.yml': `site_name: x\n${config}`, 'docs/b.md': '# B\n', ...files}),
  )
  return messagesOf(report).map((each) => each.replace(/^\S+ \S+ /, ''))
}

const GONE = 'Unexpected link to missing file `gone.md`'

it.each([
  ['plugins: [llmstxt]\n', '[a](gone.md) [b](llms.txt) [c](b/index.md)', [GONE]],
  ['plugins: [never-heard-of]\n', '[a](gone.md)', []],
  ['plugins: [mike, gh-admonitions]\n', '[a](gone.md)', [GONE]],
])('a plugin or the navigation doubts only what it may add: %j', async (config, text, expected) => {
  expect(await messages(config, {'docs/index.md': `# A\n\n${text}\n`})).toEqual(expected)
})

it('the page that a plugin names in its options is not missing, however many others exist', async () => {
  const names = Array.from({length: 30}, (_, index) => `page-${index}`)
  const others = Object.fromEntries(names.map((name) => [`docs/${name}.md`, `# ${name}\n`]))
  const links = names.map((name) => `[${name}](${name}.md)`).join(' ')
  const config = 'plugins:\n  - coverage:\n      page_path: reports/coverage\n'
  const found = await messages(config, {
    ...others,
    'docs/index.md': `${links}\n\n[a](reports/coverage.md) [b](reports/gone.md)\n`,
  })
  expect(found).toEqual(['Unexpected link to missing file `reports/gone.md`'])
})

it.each([
  [
    "def on_config(config):\n    config['extra']['x'] = 1\n",
    [GONE, 'Unexpected link to missing file `made.md`'],
  ],
  ["def on_pre_build(config):\n    (DOCS / 'made.md').write_text('x')\n", [GONE]],
  ["def on_files(files, config):\n    files.append(File('made.md', 'a', 'b', True))\n", [GONE]],
  ['def on_files(files, config):\n    files.append(other(config))\n', []],
  ["import subprocess\nsubprocess.run(['make'])\n", []],
])('a hook doubts only what it writes: %j', async (hook, expected) => {
  const files = {'docs/index.md': '[a](gone.md) [b](made.md)\n', 'hook.py': hook}
  expect(await messages('hooks: [hook.py]\n', files)).toEqual(expected)
})

it('scripts of gen-files doubt only the folders that they write to', async () => {
  const script = `
for path in sorted(src.rglob("*.py")):
    doc_path = path.relative_to(src).with_suffix(".md")
    full_doc_path = Path("reference", doc_path)
    if parts[-1] == "__init__":
        full_doc_path = full_doc_path.with_name("index.md")
    with mkdocs_gen_files.open(full_doc_path, "w") as fd:
        print("::: " + ".".join(parts), file=fd)
with mkdocs_gen_files.open("reference/SUMMARY.md", "w") as nav_file:
    nav_file.writelines(nav.build_literate_nav())
`
  const config = 'plugins:\n  - gen-files:\n      scripts: [scripts/gen.py]\n  - literate-nav\n'
  const files = {
    'docs/index.md': '[a](gone.md) [b](reference/x/y.md) [c](reference/)\n',
    'scripts/gen.py': script,
  }
  expect(await messages(config, files)).toEqual([GONE])
})

it('what Git ignores may be created by the build, whether or not it is there', async () => {
  const files = {
    '.gitignore': '/docs/api/\n*.gen.md\n!keep.gen.md\n',
    'docs/index.md': '[a](gone.md) [b](api/x.md) [c](y.gen.md) [d](keep.gen.md)\n',
  }
  expect(await messages('', files)).toEqual([GONE, 'Unexpected link to missing file `keep.gen.md`'])
})

it('a folder is not one that Git ignores, although MkDocs publishes nothing at a link to it', async () => {
  const files = {'.gitignore': 'x\n', 'docs/index.md': '[a](setup/)\n', 'docs/setup/install.md': '# I\n'}
  expect(await messages('', files)).toEqual(['Unexpected link to a folder without an index page `setup/`'])
})

it('a folder that has an index is meant from the source, not from the URL of the page', async () => {
  const files = {'docs/index.md': '# A\n', 'docs/a/b.md': '[a](./../c)\n', 'docs/c/index.md': '# C\n'}
  expect(await messages('', files)).toEqual(['Unexpected link to missing file `./../c`, expected `../../c`'])
})

it('a configuration is merged with the one it inherits', async () => {
  const files = {'docs/index.md': '# Élan des lampes\n\n[a](#élan-des-lampes) [b](#elan-des-lampes)\n'}
  const base =
    'markdown_extensions:\n  - toc:\n      slugify: !!python/name:markdown.extensions.toc.slugify_unicode\n'
  const missing = (id: string) =>
    `Unexpected link to missing anchor \`#${id}\`, expected \`#${id === 'élan-des-lampes' ? 'elan-des-lampes' : 'élan-des-lampes'}\``
  expect(await messages('INHERIT: base.yml\n', {...files, 'base.yml': base})).toEqual([
    missing('elan-des-lampes'),
  ])
  expect(
    await messages('INHERIT: base.yml\nmarkdown_extensions: [toc]\n', {...files, 'base.yml': base}),
  ).toEqual([missing('élan-des-lampes')])
  expect(await messages('INHERIT: ../base.yml\n', files)).toEqual([])
})

const PYMDOWN = '!!python/object/apply:pymdownx.slugs.slugify\n        kwds:\n          case: lower'

it.each([
  ['1. One\n\n    ```yaml\n    # a comment\n    ```\n', [], ['a-comment', 'a-comment_1']],
  ['```rust\n#[pymodule]\n```\n', [], ['pymodule']],
  ['!!! note\n\n    ## Inner {#own}\n', ['extra'], ['own', 'inner']],
  ['!!! note\n\n    text <a id="here"></a>\n', [], ['here']],
  ['## Copy (c) now\n', ['pymdownx.smartsymbols'], ['copy-c-now', 'copy-now']],
  ['## :tada: Party\n', ['pymdownx.emoji'], ['tada-party', 'party']],
  ['::: pkg.mod\n', [], ['pkg.mod.Class', 'pkg', 'other.Alias']],
  ['### ::: pkg.mod\n', [], ['pkg.mod', 'pkg.mod.Class', 'pkg']],
  ['##:::pkg.mod\n', [], ['pkg.mod', 'pkg.mod.Class', 'pkg']],
  ['=== "First tab"\n\n    x\n', [`pymdownx.tabbed:\n      slugify: ${PYMDOWN}`], ['first-tab']],
  [
    '=== ":octicons-image-16: Picture, large"\n\n    x\n',
    ['pymdownx.emoji', `pymdownx.tabbed:\n      slugify: ${PYMDOWN}`],
    ['picture-large', 'h-picture-large'],
  ],
  ['--8<-- "part.md"\n', ['pymdownx.snippets'], ['in-part']],
  ['--8<-- "code.py"\n', ['pymdownx.snippets'], []],
])('content doubts only the ids that it may add: %j', async (content, extensions, ids) => {
  const list = ['admonition', ...extensions].map((name) => `  - ${name}\n`).join('')
  const links = ['nothing', ...ids].map((id) => `[x](#${id})`)
  const found = await messages(`markdown_extensions:\n${list}`, {
    'docs/index.md': `# H\n\n${content}\n${links.join(' ')}\n`,
    'part.md': '# In part\n',
    'code.py': '',
  })
  expect(found).toEqual(['Unexpected link to missing anchor `#nothing`'])
})

it('templates are rendered only where something renders them', async () => {
  const files = {'docs/index.md': '# H\n\n{{ all }}\n\n[x](#nothing)\n'}
  expect(await messages('', files)).toEqual(['Unexpected link to missing anchor `#nothing`'])
  expect(await messages('plugins: [macros]\n', files)).toEqual([])
  // A page that extended a template would be blank, unless it is not rendered.
  const shown = '# H\n\n{% extends "base.html" %}\n{% block lamp %}\n\n[x](#nothing)\n'
  for (const [page, expected] of [
    [shown, 1],
    [`{% raw %}\n${shown}{% endraw %}\n`, 1],
    [`{% raw %}\n${shown}{% endraw %}\n\n{% block lamp %}\n`, 0],
  ] as const)
    expect(await messages('plugins: [macros]\n', {'docs/index.md': page})).toHaveLength(expected)
})

it('reads which paths Python code may write', () => {
  const code = `
new_file = DOCS_DIR / 'changelog.md'
new_file.write_text(x)
open(os.path.join(root, "gen", name + ".md"), mode="w")
with open(f'docs/{name}/index.md', 'w') as file: pass
open('read.md')
shutil.copy(source, 'docs/copy.md')
subprocess.run(['git', 'describe'], capture_output=True)
`
  const paths = writtenPaths(code)
  expect(paths).toEqual(['*/changelog.md', '*/gen/*.md', 'docs/*/index.md', 'docs/copy.md'])
  const isOf = (path: string) => isWritten(paths, path)
  expect(['docs/changelog.md', 'gen/a.md', 'docs/x/index.md', 'docs/copy.md'].every(isOf)).toBe(true)
  expect(['docs/read.md', 'x.md', 'docs/index.md'].some(isOf)).toBe(false)
})

it('reads the configuration of ProperDocs as that of MkDocs', async () => {
  const files = {
    'properdocs.yml': 'site_name: x\nmarkdown_extensions: [attr_list]\n',
    'docs/index.md': '# Use it {: #use }\n\n[a](#use) [b](#use-it)\n',
  }
  expect(messagesOf(await checkFolder(folder(files))).map((each) => /`([^`]*)`/.exec(each)?.[1])).toEqual([
    '#use-it',
  ])
})

it.each([
  // Of mkdocstrings, which defines labels but uses none of a page.
  ['plugins: [mkdocstrings]\n', '', ['[a]', '[b]']],
  // It defines labels, and replaces comments.
  ['hooks: [hook.py]\n', 'return f"[{name}]: #{name}" + known[name][key]\n', ['[a]']],
  ['hooks: [hook.py]\n', 'return f"[text][{name}]"\n', []],
  ['hooks: [hook.py]\n', 'return f"see [{name}]"\n', []],
])('definitions are unused if no code may refer to them: %j %j', async (config, hook, unused) => {
  const files = {
    'docs/index.md': '[a]: b.md\n\n[x][y]\n',
    'docs/c.md': '<!-- md:default [text][b] -->\n\n[b]: b.md\n',
    ...(hook && {'hook.py': `def on_page_markdown(markdown):\n    ${hook}`}),
  }
  const found = (await messages(config, files)).filter((each) => each.includes('unused'))
  expect(found.sort()).toEqual(
    unused.map((label) => `Unexpected unused definition \`${label.slice(1, -1)}\``),
  )
})

it.each([
  ['{% raw %}\n\n{{ lamps() }}\n\n{% endraw %}', ['Unexpected link to missing anchor `#gone`']],
  ['{% raw %}x{% endraw %}\n\n{{ lamps() }}', []],
  ['{% if x %}\n\n{% include "lamp.svg" %}\n\n{% endif %}', ['Unexpected link to missing anchor `#gone`']],
  ['{% include "lamp.html" %}', []],
])('templates doubt ids only where they may add some: %j', async (code, expected) => {
  const files = {'docs/index.md': `# A\n\n[a](#gone)\n\n${code}\n`}
  expect(await messages('plugins: [macros]\n', files)).toEqual(expected)
})

it('a hook that writes ids adds those that comments name, which say nothing about others', async () => {
  const names = Array.from({length: 12}, (_, index) => `use-${index}`)
  const pages = Object.fromEntries(
    names.map((name) => [`docs/${name}.md`, `## ${name}\n\n<!-- md:x a.${name} -->\n`]),
  )
  const links = names.flatMap((name) => [`[a](${name}.md#${name})`, `[b](${name}.md#a${name})`]).join(' ')
  const hook = {
    'hook.py': "def on_page_markdown(markdown):\n    return re.sub(X, f'{{ #{name} }}', markdown)\n",
  }
  const files = {...hook, ...pages, 'docs/index.md': `${links} [c](use-1.md#gone)\n`}
  expect(await messages('hooks: [hook.py]\nmarkdown_extensions: [attr_list]\n', files)).toEqual([
    'Unexpected link to missing anchor `#gone` in `docs/use-1.md` (likely: a hook may add or change ids, but all 12 other fragments on such pages in docs/ exist)',
  ])
})
