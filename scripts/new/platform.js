import {camelCase, pascalCase, withImport} from './sources.js'

const INDEX = (name, marker) => `import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** ${pascalCase(name)}. Put the URL of its documentation here. */
export const ${camelCase(name)} = {
  name: '${name}',
  docs: {title: '${pascalCase(name)}', detectedBy: '\`${marker}\`'},
  ...configuredBy('${marker}'),
  // What its rules say, such as \`content: {docs: '/'}\`; what is left out is fitted to the links of a site.
  data: () => ({}),
} as const satisfies Platform
`

/** The letters that name the pages of the fixture, each with the next one. */
const PAGES = [...'abcdefghijkl'].map((letter, at, all) => [letter, all[(at + 1) % all.length]])

const TEST = (name, marker) => `import {expect, it} from 'vitest'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'

/** A site with twelve pages, each with links to the next one by its URL and by its file. */
const pages = Object.fromEntries(
  [...'abcdefghijkl'].map((letter, at, all) => {
    const next = all[(at + 1) % all.length]
    return [\`docs/guide/\${letter}.md\`, \`# \${letter}\\n\\n[url](/guide/\${next}) [file](\${next}.md)\\n\`]
  }),
)

const site = (files: Record<string, string>) => folder({'${marker}': '', ...pages, ...files})

it('is detected by its configuration', async () => {
  const {out} = await doccheck(site({}), ['sites'])
  expect(out).toMatch(/^\\. +${name} +12 pages /)
  expect(out).toContain('content: docs')
})

it('resolves links to URLs and files of pages', async () => {
  const text = '# M\\n\\n[a](/guide/a) [b](b.md) [x](/guide/x) [y](gone.md)\\n'
  expect(messagesOf(await checkFolder(site({'docs/guide/m.md': text}), 'no-broken-link'))).toEqual([
    'docs/guide/m.md 3:29-3:37 Unexpected link to missing file \`/guide/x\` (likely: all 12 other targets in /guide/ exist)',
    'docs/guide/m.md 3:43-3:50 Unexpected link to missing file \`gone.md\` (likely: all 12 other targets in docs/guide/ exist)',
  ])
})
`

/**
 * A page of the fixture, with links to the next one and, on the first page, to what is missing.
 *
 * @param {string} letter
 * @param {string} next
 */
function fixturePage(letter, next) {
  const links = [`[the next page](/guide/${next})`, `[its file](${next}.md)`]
  if (letter === 'a') links.push('[a URL that is gone](/guide/x)', '[a missing file](gone.md)')
  return `# Page ${letter}\n\nSee ${links.join(', ')}.\n`
}

/**
 * A platform with its test and its fixture.
 *
 * @param {import('./sources.js').Sources} sources
 * @param {string} name In kebab case.
 * @param {string | undefined} marker The file that a site of the platform has in its folder.
 * @returns the tests that write what is expected of it
 */
export function addPlatform(sources, name, marker = `${name}.yml`) {
  const folder = `src/site/platforms/${name}`
  sources.add(`${folder}/index.ts`, INDEX(name, marker))
  sources.add(`test/${name}.test.ts`, TEST(name, marker))
  sources.add(`fixtures/${name}/site/${marker}`, '')
  for (const [letter, next] of PAGES)
    sources.add(`fixtures/${name}/site/docs/guide/${letter}.md`, fixturePage(letter, next))
  sources.change('src/site/registry.ts', (text) =>
    withImport(
      text.replace(/(?=^\] as const satisfies readonly Platform\[\])/m, `  ${camelCase(name)},\n`),
      `import {${camelCase(name)}} from './platforms/${name}/index.ts'`,
    ),
  )
  return ['test/fixtures.test.ts', '--testNamePattern', `fixtures ${name}/site$`]
}
