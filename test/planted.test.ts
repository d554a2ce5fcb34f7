import {readdirSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {builtIn} from '../rules/index.ts'
import {check} from '../src/engine/check.ts'
import {readPages} from '../src/engine/read-pages.ts'
import type {ActiveRule} from '../src/engine/types.ts'
import type {Link} from '../src/page/types.ts'
import {isMarkdownFile} from '../src/text/markdown-files.ts'
import {diskTree} from '../src/tree/disk.ts'
import {withTexts} from '../src/tree/overlay.ts'
import type {Tree} from '../src/tree/tree.ts'
import {copyOf} from './run-doccheck.ts'

/**
 * Whole links are broken, and each break has to be found. `DOCCHECK_TREES` names folders of other docs, with `:` in
 * between, to do the same there; no more than this many breaks in each.
 */
const MOST = Number(process.env.DOCCHECK_PLANTED ?? 300)
const others = (process.env.DOCCHECK_TREES ?? '').split(':').filter(Boolean)

/** A mistake put into a page. */
interface Planted {
  path: string
  start: number
  end: number
  text: string
  kind: 'path' | 'anchor' | 'reference' | 'front matter'
}

const rules = [...builtIn.values()]
  .filter(({needs}) => needs !== 'remote')
  .map((rule): ActiveRule => ({rule, severity: 'error', options: rule.options}))

const inputFor = (tree: Tree) => ({
  tree,
  files: [...tree.files].filter((file) => isMarkdownFile(file) && !file.includes('node_modules/')).sort(),
  rulesFor: () => rules,
})

/** One mistake for each link, reference and front matter that is right, in turn over all pages. */
async function plant(tree: Tree): Promise<Planted[]> {
  const {results, view} = await readPages(inputFor(tree))
  const planted: Planted[] = []
  for (const {page} of results) {
    if (!page) continue
    const site = view(page)
    const taken: number[] = []
    const add = (start: number, end: number, text: string, kind: Planted['kind']) => {
      // One at a place: a link within another's text would be found at the other's.
      if (taken.some((at) => Math.abs(at - start) < 3)) return
      taken.push(start)
      planted.push({path: page.path, start, end, text, kind})
    }
    for (const link of page.links) {
      const found = site.resolve(link)
      if (found.to !== 'page' && found.to !== 'file') continue
      const hash = link.url.indexOf('#')
      if (found.to === 'page' && found.fragment) {
        const anchors = site.anchorsOf(found.path, found.published)
        // What leads to the page itself, and what the platform brings, stays as it is.
        if (
          anchors &&
          anchors.doubts.length === 0 &&
          anchors.ids.has(found.fragment) &&
          !link.url.includes(':~:')
        )
          add(link.target.start, link.target.end, `${link.url}zq`, 'anchor')
      } else if (hash < 0 && isPlain(link)) add(link.target.start, link.target.end, broken(link.url), 'path')
    }
    for (const {start, end, kind, defined, label} of page.references)
      if (defined && kind === 'full' && !/[\\[\]]/.test(label)) {
        const text = `[x][${label} zqzq]`
        if (end - start > text.length) add(start, end, text, 'reference')
      }
    if (page.frontMatter?.kind === 'yaml' && page.frontMatter.problems.length === 0)
      add(page.lines[1]!, page.lines[1]!, 'zq: "never closed\n', 'front matter')
  }
  const step = Math.max(1, Math.ceil(planted.length / MOST))
  return planted.filter((_each, index) => index % step === 0)
}

const isPlain = ({url, kind}: Link) => /^[\w./-]*[\w-](?:\.\w+)?\/?$/.test(url) && kind !== 'autolink'

/** Another name in the same folder. */
const broken = (url: string) => url.replace(/([\w-])((?:\.\w+)?\/?)$/, '$1zq$2')

/** So many pages' worth of whole links stay for each mistake, as in docs that people keep. */
const ROUNDS = 8

/** Which of the planted mistakes are not reported where they stand; not all are made at once. */
async function missed(tree: Tree, planted: readonly Planted[]): Promise<string[]> {
  const lost: string[] = []
  for (let round = 0; round < ROUNDS; round++)
    lost.push(
      ...(await missedAtOnce(
        tree,
        planted.filter((_each, index) => index % ROUNDS === round),
      )),
    )
  return lost
}

async function missedAtOnce(tree: Tree, planted: readonly Planted[]): Promise<string[]> {
  const texts = new Map<string, string>()
  const places = new Map<Planted, number>()
  for (const file of new Set(planted.map(({path: name}) => name))) {
    const own = planted.filter((each) => each.path === file).sort((a, b) => a.start - b.start)
    const source = (await tree.read(file)).replace(/^\uFEFF/, '')
    let out = ''
    let done = 0
    for (const each of own) {
      out += source.slice(done, each.start)
      places.set(each, out.length)
      out += each.text
      done = each.end
    }
    texts.set(file, out + source.slice(done))
  }
  const {pages} = await check(inputFor(withTexts(tree, texts)))
  const findings = new Map(pages.map((page) => [page.path, page.findings]))
  return planted
    .filter((each) => {
      const at = places.get(each)!
      const slack = each.kind === 'front matter' ? 40 : 2
      return !findings.get(each.path)!.some(({start, end}) => start <= at + slack && end >= at - 2)
    })
    .map(({path: file, text, kind}) => `${file}: ${kind} ${text}`)
}

const fixtures = ['jekyll/site', 'mkdocs/site', 'anchors/github', 'links/paths']

describe('mistakes planted into docs', () => {
  it.each(fixtures)('are all found: %s', async (name) => {
    const tree = await diskTree(copyOf(path.resolve('fixtures', name)))
    const planted = await plant(tree)
    expect(planted.length).toBeGreaterThan(3)
    expect(await missed(tree, planted)).toEqual([])
  })

  it.each(others)('are all found: %s', async (folder) => {
    const tree = await diskTree(path.resolve(folder))
    const planted = await plant(tree)
    const lost = await missed(tree, planted)
    const kinds = ['path', 'anchor', 'reference', 'front matter'].map(
      (kind) => `${kind} ${planted.filter((each) => each.kind === kind).length}`,
    )
    console.info(
      `${readdirSync(folder).length && folder}: ${planted.length} planted (${kinds.join(', ')}), ${lost.length} missed\n${lost.slice(0, 40).join('\n')}`,
    )
    expect(planted.length).toBeGreaterThan(0)
  })
})
