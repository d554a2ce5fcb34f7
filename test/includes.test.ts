import {describe, expect, it} from 'vitest'
import {doccheck, folder} from './run-doccheck.ts'

/** A page that includes a part in a folder of its own, and a page beside it, for a platform. */
interface Platform {
  files: Record<string, string>
  page: string
  other: string
  part: string
  include: (name: string) => string
}

const PLATFORMS: Record<string, Platform> = {
  mdbook: {
    files: {'book.toml': '', 'src/SUMMARY.md': '- [A](guide/a.md)\n- [B](guide/b.md)\n'},
    page: 'src/guide/a.md',
    other: 'src/guide/b.md',
    part: 'src/parts/part.md',
    include: (name) => `{{#include ../parts/${name}}}`,
  },
  mkdocs: {
    files: {'mkdocs.yml': 'site_name: x\nmarkdown_extensions:\n  - pymdownx.snippets\n'},
    page: 'docs/guide/a.md',
    other: 'docs/guide/b.md',
    part: 'parts/part.md',
    include: (name) => `--8<-- "parts/${name}"`,
  },
  vitepress: {
    files: {
      '.vitepress/config.js': "export default {srcExclude: ['parts/**']}",
      'package.json': '{"scripts": {"build": "vitepress build"}}',
    },
    page: 'guide/a.md',
    other: 'guide/b.md',
    part: 'parts/part.md',
    include: (name) => `<!--@include: ../parts/${name}-->`,
  },
  jekyll: {
    files: {'_config.yml': 'title: x\n'},
    page: 'guide/a.md',
    other: 'guide/b.md',
    part: '_includes/part.md',
    include: (name) => `{% include ${name} %}`,
  },
}

const at = (from: string, to: string) => to.replace(/[^/]*$/, from)

describe.each(Object.entries(PLATFORMS))('text that a page of %s includes', (_, platform) => {
  const {files, page, other, part, include} = platform
  const found = async (
    text: string,
    partial: string,
    more: Record<string, string> = {},
    ...only: string[]
  ) => {
    const root = folder({...files, [other]: '# B\n', [page]: text, [part]: partial, ...more})
    const {out, err} = await doccheck(root, ['--offline', '--no-config', ...only])
    expect(err).toBe('')
    return out
  }

  it('is missing', async () => {
    const out = await found(`# A\n\n${include('gone.md')}\n`, 'text\n')
    expect(out).toMatch(/^\S+:3:\d+ +error +Unexpected include of missing file `\S*gone\.md`/m)
  })

  it('has links, fragments and references of that page', async () => {
    const partial = '[x](b.md) [y](#below) [z][label]\n\n## Part\n\n[own]: b.md\n'
    const text = `# A\n\n[p](#part) [q][own]\n\n${include('part.md')}\n\n## Below\n\n[label]: b.md\n`
    for (const only of [[], [part], [page]])
      expect(await found(text, partial, {}, ...only)).toContain('no problems')
  })

  it('has broken ones, reported where they stand', async () => {
    const partial = '[x](gone.md) [y](#nowhere) [z][nothing]\n'
    for (const only of [[], [part]]) {
      const out = await found(`# A\n\n${include('part.md')}\n`, partial, {}, ...only)
      expect(out.match(/^\S+:1:\d+ +error .*?`[^`]+`/gm)).toHaveLength(3)
    }
  })

  it('is numbered in its place', async () => {
    const text = `# A\n\n## Same\n\n${include('part.md')}\n\n## Same\n\n[x](#last)\n`
    const out = await found(text, '## Same\n\n## Last\n', {[other]: `# B\n\n[x](a.md#${at('', '')}gone)\n`})
    expect(out).toMatch(/missing anchor `#gone`/)
    expect(out).not.toContain('#last')
  })

  it('may include more, or itself', async () => {
    const nested = include('deep.md').replace('../parts/', '')
    const more = {
      [at('deep.md', part)]: `## Deep\n\n[x](gone.md)\n\n${include('part.md').replace('../parts/', '')}\n`,
    }
    const out = await found(`# A\n\n[x](#deep)\n\n${include('part.md')}\n`, `${nested}\n`, more)
    expect(out).toMatch(/missing file `gone\.md`/)
    expect(out).not.toContain('#deep')
  })
})

describe('inspect', () => {
  it('shows the links of a part as the first page that includes it has them', async () => {
    const {files, page, other, part, include} = PLATFORMS.mdbook!
    const root = folder({...files, [other]: '# B\n', [page]: include('part.md'), [part]: '[x](b.md)\n'})
    const {includedIn, links} = JSON.parse((await doccheck(root, ['inspect', part])).out)
    expect(includedIn).toEqual([page])
    expect(links[0].leads).toEqual({to: 'page', path: other})
  })
})
