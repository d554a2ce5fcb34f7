import type {Page} from '../../../page/types.ts'
import type {PageSource, SiteContext} from '../../platform.ts'

/** The opening of a directive; its group is the name. */
const DIRECTIVE = /^[ \t>]*(?:[-*+][ \t]+)?(?:`{3,}|~{3,}|:{3,})\{([^}]+)\}/
/** A target: `(name)=`. */
const TARGET = /^[ \t>]*(?:[-*+][ \t]+)?\((.+)\)=$/
/** Targets in reStructuredText and in notebooks. */
const OTHER_TARGETS = /^[ \t]*(?:\.\. _([^:\n\r\u2028\u2029]+):[ \t]*$|:name:[ \t]*(\S.*))/gm

/** Directives that add no headings, and no ids but their names. */
const WITHOUT_IDS =
  /^(?:toctree|code(?:-block|-cell)?|sourcecode|literalinclude|highlight|note|warning|tip|hint|important|caution|danger|error|attention|admonition|seealso|todo|image|figure|list-table|csv-table|table|contents|version(?:added|changed|removed)|deprecated|tab(?:s|-set|-item|-set-code)?|grid|grid-item(?:-card)?|card(?:-carousel)?|dropdown|button-(?:link|ref)|div|container|mermaid|math|raw|parsed-literal|margin|sidebar|epigraph|pull-quote|topic|rubric|tags|youtube|video|image-sg|iframe|only|hlist|centered|graphviz|meta)$/

/** Whether a line of a page opens a directive. */
export const isDirective = (content: string): boolean => DIRECTIVE.test(content)

/** Whether a line of a page may add ids that are not written on it: it is neither a target nor a harmless directive. */
export function mayHaveIds(content: string): boolean {
  const name = DIRECTIVE.exec(content)?.[1]
  return name === undefined ? !TARGET.test(content) && !content.startsWith(':name:') : !WITHOUT_IDS.test(name)
}

/** The names of a page's targets: `(name)=`, and `:name:` of directives. */
export const targetsOn = ({opaqueContent}: Page): string[] =>
  opaqueContent.flatMap((text) => TARGET.exec(text)?.[1] ?? /^:name:\s*(\S.*)$/.exec(text)?.[1] ?? [])

/**
 * A test of whether there is a target of some name on the site, or a directive that may add one.
 *
 * @param prefix What the paths of the site's files begin with.
 * @param others The texts of pages that are not Markdown.
 */
export function targetFinder(
  ctx: SiteContext & PageSource,
  prefix: string,
  others: readonly string[],
): (name: string) => boolean {
  let found: {names: ReadonlySet<string>; mayAddMore: boolean} | undefined
  return (name) => {
    found ??= findTargets(ctx, prefix, others)
    return found.mayAddMore || found.names.has(name.toLowerCase())
  }
}

function findTargets(
  {tree, isPage, page}: SiteContext & PageSource,
  prefix: string,
  others: readonly string[],
) {
  const pages = [...tree.files]
    .filter((file) => file.startsWith(prefix) && isPage(file))
    .flatMap((file) => page(file) ?? [])
  const inOthers = others.flatMap((text) =>
    [...text.matchAll(OTHER_TARGETS)].map(([, target, name]) => (target ?? name)!),
  )
  return {
    names: new Set([...inOthers, ...pages.flatMap(targetsOn)].map((name) => name.toLowerCase())),
    mayAddMore:
      others.some((text) =>
        [...text.matchAll(/^[ \t]*\.\. ([\w:-]+)::/gm)].some(([, name]) => !WITHOUT_IDS.test(name!)),
      ) ||
      pages.some(({opaqueContent}) =>
        opaqueContent.some((text) => !WITHOUT_IDS.test(DIRECTIVE.exec(text)?.[1] ?? 'note')),
      ),
  }
}
