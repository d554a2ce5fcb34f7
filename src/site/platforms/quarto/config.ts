import {globsOf} from '../../../pattern/globs.ts'
import {isAtOrBelow, joinPath} from '../../../text/paths.ts'
import {record, strings} from '../../shared/data.ts'

/** The settings of a `_quarto.yml` that determine which files are pages, and where links lead. */
export interface QuartoConfig {
  /** The origin of the site: `https://example.org`. Below a path, its URLs are known from links alone. */
  home: string | undefined
  /** Do paths with a slash at the start begin at the project? They do in all types of projects that are published. */
  isSite: boolean
  /** Does `#id` in one chapter lead to the heading of that id in another one? */
  isBook: boolean
  /** Is a file rendered? Its path is from the project's folder. */
  isRendered(path: string): boolean
  /** Paths from the project's folder that programs may write before pages are rendered; `*` stands for anything. */
  written: readonly string[]
  /** The programs that run after pages are rendered, which may add files to the output. */
  postRender: readonly string[]
}

/** Files that are for readers of the repository, and folders that Quarto does not look into. */
const NEVER_RENDERED = /(?:^|\/)(?:\.[^/]+|node_modules|renv|packrat|site_libs)\/|(?:^|\/)README\.[rq]?md$/i
/** Files and folders that other pages include, or that extensions consist of. */
const PARTIAL = /(?:^|\/)_/

/** Can a file, by its path from the project's folder, never be a page nor part of one? */
export const isNeverRendered = (path: string): boolean => NEVER_RENDERED.test(path)

/** Read the settings of a project: https://quarto.org/docs/projects/quarto-projects.html */
export function readQuarto(data: Record<string, unknown>): QuartoConfig {
  const project = record(data.project)
  const {type} = project
  const output = typeof project['output-dir'] === 'string' ? joinPath('', project['output-dir']) : ''
  const isListed = renderList(strings(project.render))
  return {
    home: homeOf(data),
    isSite: typeof type === 'string' && type !== 'default',
    isBook: type === 'book',
    isRendered: (path) =>
      !PARTIAL.test(path) &&
      !isNeverRendered(path) &&
      (output === '' || !isAtOrBelow(path, output)) &&
      isListed(path),
    written: writtenBy(data, project),
    postRender: strings(project['post-render']),
  }
}

/** The origin that a website or book states to be published at. */
function homeOf(data: Record<string, unknown>): string | undefined {
  const urls = [data.website, data.book].map((part) => record(part)['site-url'])
  return urls.flatMap(
    (url) => /^(https?:\/\/[^/?#]+)\/?$/.exec(typeof url === 'string' ? url : '')?.[1] ?? [],
  )[0]
}

/**
 * Create the test of whether a list such as `['*.qmd', '!drafts/', '/docs/']` has a file: names without a slash at the
 * start are found in any folder.
 */
function renderList(list: readonly string[]): (path: string) => boolean {
  if (list.length === 0) return () => true
  const [excluded, included] = [true, false].map((isNegated) =>
    globsOf(
      list.filter((each) => each.startsWith('!') === isNegated).flatMap((each) => placesOf(each)),
      'picomatch-dot',
    ),
  )
  // What cannot be read may be a partial.
  if (!excluded || !included) return () => false
  const includesAll = list.every((each) => each.startsWith('!'))
  return (path) => (includesAll || included.test(path)) && !excluded.test(path)
}

/** The globs of an entry for files and for folders: `docs/` → `docs`, `docs/**`, `**\/docs`, `**\/docs/**`. */
function placesOf(entry: string): string[] {
  const glob = entry.replace(/^!/, '')
  const name = glob.replace(/^(?:\.?\/)+|\/+$/g, '')
  const places = [name, `${name}/**`]
  return /^\.?\//.test(glob) || name.startsWith('**/')
    ? places
    : [...places, ...places.map((each) => `**/${each}`)]
}

/** Scripts may write any file, quartodoc only those of its folder. */
function writtenBy(data: Record<string, unknown>, project: Record<string, unknown>): string[] {
  if (project['pre-render'] !== undefined) return ['*']
  if (data.quartodoc === undefined) return []
  const {dir} = record(data.quartodoc)
  return [`${joinPath('', typeof dir === 'string' ? dir : 'reference')}/*`]
}
