import {joinPath} from '../text/paths.ts'
import {trimEnd} from '../text/trim.ts'
import type {Tree} from '../tree/tree.ts'
import {readData} from './shared/data.ts'

/** Trees with more sites are collections of examples. */
const MOST_FOLDERS = 20

/** A line of `pyproject.toml` or `Cargo.toml`: the keys are those of tables that describe the package. */
const LINE_OF_TOML = /^[ \t]*["']?(?:homepage|documentation)["']?[ \t]*=[ \t]*["']([^"']*)["']/gim
/** The line of Sphinx' `conf.py` that states where the site is published. */
const LINE_OF_SPHINX = /^html_baseurl[ \t]*=[ \t]*["']([^"']*)["']/gm

/**
 * Read the home pages that the packages in folders of a tree state, without a trailing slash: `https://example.org/docs`.
 * A package may state that of its project, whatever the tree contains.
 */
export async function readHomepages(tree: Tree, folders: Iterable<string>): Promise<ReadonlySet<string>> {
  const homepages = new Set<string>()
  for (const folder of [...new Set(folders)].slice(0, MOST_FOLDERS))
    for (const url of [
      ...(await urlsOfJson(tree, joinPath(folder, 'package.json'))),
      ...(await urlsInLines(tree, joinPath(folder, 'pyproject.toml'), LINE_OF_TOML)),
      ...(await urlsInLines(tree, joinPath(folder, 'Cargo.toml'), LINE_OF_TOML)),
      ...(await urlsInLines(tree, joinPath(folder, 'conf.py'), LINE_OF_SPHINX)),
    ])
      if (/^https?:\/\/[^/?#]+(?:\/[^?#]*)?$/i.test(url))
        homepages.add(trimEnd(url.replace(/\/index\.html$/, ''), '/'))
  return homepages
}

async function urlsOfJson(tree: Tree, file: string): Promise<string[]> {
  const {homepage} = tree.files.has(file) ? await readData({tree}, file) : {}
  return typeof homepage === 'string' ? [homepage] : []
}

/** The parsers of these languages would take longer to load than all of this. */
async function urlsInLines(tree: Tree, file: string, line: RegExp): Promise<string[]> {
  const text = tree.files.has(file) ? await tree.read(file).catch(() => '') : ''
  return [...text.matchAll(line)].map(([, url]) => url!)
}
