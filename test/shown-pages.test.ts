import {describe, expect, it} from 'vitest'
import {doccheck, folder} from './run-doccheck.ts'

/** How pages of a platform show other pages, and the configuration that it takes. */
interface Kind {
  config: Record<string, string>
  /** The path of a page. */
  path(name: string): string
  /** What makes a page show another one. */
  show(name: string): string
}

const KINDS: Record<string, Kind> = {
  docusaurus: {
    config: {
      'docusaurus.config.js':
        'export default {title: "T", url: "https://x.test", baseUrl: "/", presets: [["classic", {docs: {}}]]}\n',
    },
    path: (name) => `docs/${name === 'index' ? '' : '_'}${name}.mdx`,
    show: (name) => `import Part from './_${name}.mdx'\n\n<Part />\n\n<Part />\n`,
  },
  mdbook: {
    config: {'book.toml': '[book]\ntitle = "T"\n', 'src/SUMMARY.md': '# Summary\n\n- [Index](index.md)\n'},
    path: (name) => `src/${name}.md`,
    show: (name) => `{{#include ${name}.md}}\n\n{{#include ${name}.md}}\n`,
  },
  docfx: {
    config: {'docfx.json': '{"build": {"content": [{"files": ["**/*.md"]}]}}\n'},
    path: (name) => `${name}.md`,
    show: (name) => `[!INCLUDE [part](${name}.md)]\n\n[!INCLUDE [part](${name}.md)]\n`,
  },
}

/** A front page that shows a page that shows the next one, and so on, each of them twice. */
function showing({config, path, show}: Kind, pages: number, isRing: boolean): Record<string, string> {
  const files = {...config}
  for (let at = 0; at < pages; at++) {
    const next = at + 1 < pages || isRing ? show(`p${(at + 1) % pages}`) : ''
    files[path(`p${at}`)] = `## Heading ${at}\n\n${next}`
  }
  files[path('index')] =
    `# Index\n\n${show('p0')}\n[the last](#heading-${pages - 1}) [none](#heading-${pages})\n`
  return files
}

describe.each(Object.entries(KINDS))('on %s', (_, kind) => {
  it.each([
    ['in a circle', 3, true],
    // Read once for each time it is shown, the last one would be read 2 to the power of 41 times.
    ['forty levels deep, twice on each', 40, false],
  ])('pages that show each other %s bring their headings', async (_words, pages, isRing) => {
    const {out, err} = await doccheck(folder(showing(kind, pages, isRing)), ['--offline', '--no-config'])
    expect(err).toBe('')
    expect(out.match(/anchor `.*`/g)).toEqual([expect.stringContaining(`#heading-${pages}`)])
  })
})
