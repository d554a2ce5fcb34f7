import {camelCase, pascalCase, withImport} from './sources.js'

const INDEX = (name, marker) => `import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** ${pascalCase(name)}. Put the URL of its documentation here. */
export const ${camelCase(name)} = {
  name: '${name}',
  docs: {
    title: '${pascalCase(name)}',
    detectedBy: '\`${marker}\`',
    knows: 'links to Markdown files',
  },
  ...configuredBy('${marker}'),
  describe: async (ctx) => (await import('./describe.ts')).describe${pascalCase(name)}(ctx),
} as const satisfies Platform
`

const DESCRIBE = (name) => `import type {SiteContext, SiteDescription} from '../../platform.ts'
import {unknownRouting} from '../../shared/unknown-routing.ts'

/** Describe a ${pascalCase(name)} site: only what all platforms have in common is known of its routes and ids. */
export async function describe${pascalCase(name)}(ctx: SiteContext): Promise<SiteDescription> {
  const common = unknownRouting(ctx)
  return {...common, publish: (pages) => ({...common.publish(pages)})}
}
`

const TEST = (name, marker) => `import {expect, it} from 'vitest'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'

const site = (pages: Record<string, string>) => folder({'${marker}': '', ...pages})

it('is detected by its configuration', async () => {
  const {out} = await doccheck(site({'docs/a.md': '# A\\n'}), ['sites'])
  expect(out).toMatch(/^\\. +${name} +1 page /)
})

it('resolves relative links to Markdown files', async () => {
  const pages = {'docs/a.md': '# A\\n\\n[b](b.md) [c](c.md)\\n', 'docs/b.md': '# B\\n'}
  expect(messagesOf(await checkFolder(site(pages), 'no-broken-link'))).toEqual([
    'docs/a.md 3:15-3:19 Unexpected link to missing file \`c.md\`',
  ])
})
`

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
  sources.add(`${folder}/describe.ts`, DESCRIBE(name))
  sources.add(`test/${name}.test.ts`, TEST(name, marker))
  sources.add(`fixtures/${name}/site/${marker}`, '')
  sources.add(
    `fixtures/${name}/site/index.md`,
    '# Home\n\nSee [the guide](guide.md) and [the setup](setup.md).\n',
  )
  sources.add(`fixtures/${name}/site/guide.md`, '# Guide\n')
  sources.change('src/site/registry.ts', (text) =>
    withImport(
      text.replace(/(?=^\] as const satisfies readonly Platform\[\])/m, `  ${camelCase(name)},\n`),
      `import {${camelCase(name)}} from './platforms/${name}/index.ts'`,
    ),
  )
  return ['test/fixtures.test.ts', '--testNamePattern', `fixtures ${name}/site$`]
}
