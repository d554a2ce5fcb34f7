import type {Root} from 'mdast'
import {normalizeLabel} from '../text/labels.ts'
import {lineStarts} from '../text/lines.ts'
import {copyString} from './copy-string.ts'
import {FactCollector} from './fact-collector.ts'
import {ParserNotLoadedError} from './front-matter/parsers.ts'
import {readFrontMatter} from './front-matter/read-front-matter.ts'
import {readKramdown} from './kramdown.ts'
import {opaqueBlocks} from './opaque-content.ts'
import {parseMarkdown, parseMdx} from './parse-text.ts'
import {parse} from './parser.ts'
import {refuseCostlyText} from './parser-cost.ts'
import type {Page, Syntax} from './types.ts'

/** How a page is read. */
interface HowToRead {
  /** Sees a syntax tree, made for it. */
  look?: (tree: Root) => void
  /** Read it however long that takes. */
  unlimited?: boolean
}

/** Take all facts from one file's text as {@link readPageSync} does, however long that takes. */
export async function readPage(
  path: string,
  source: string,
  syntax: Syntax,
  look?: (tree: Root) => void,
): Promise<Page> {
  for (;;) {
    try {
      return readPageSync(path, source, syntax, {unlimited: true, ...(look && {look})})
    } catch (error) {
      if (!(error instanceof ParserNotLoadedError)) throw error
      await error.load()
    }
  }
}

/**
 * Take all facts from one file's text.
 *
 * @param source The text, without a byte order mark.
 * @throws {@link ParserNotLoadedError} where something has to be loaded first, {@link CostlyTextError} where it may take very long
 */
export function readPageSync(
  path: string,
  source: string,
  syntax: Syntax,
  {look, unlimited = false}: HowToRead = {},
): Page {
  const frontMatter = readFrontMatter(source, syntax.places ?? false)
  const lines = lineStarts(source)
  const page: Page = {
    path,
    lines,
    end: source.length,
    // The first line's, which is everybody's in a page that is well.
    eol: source.startsWith('\r\n', (lines[1] ?? 0) - 2) ? '\r\n' : '\n',
    headings: [],
    ids: [],
    definitions: [],
    references: [],
    links: [],
    opaqueContent: opaqueBlocks(source, syntax),
    componentProps: [],
    hasLintComments: isControlled(source) && (syntax.mdx ? 'mdx' : 'markdown'),
  }
  if (frontMatter) page.frontMatter = frontMatter
  if (syntax.dialect === 'python-markdown' || syntax.dialect === 'myst') page.labels = labelsIn(source)
  const reading =
    (syntax.mdx && parseMdx(page, source, unlimited)) || parseMarkdown(page, source, syntax, unlimited)
  new FactCollector(page, source, reading, syntax).collect()
  if (syntax.dialect === 'kramdown') readKramdown(page, source, reading.text)
  if (look) {
    // As Markdown it may take longer than as MDX.
    if (!unlimited) refuseCostlyText(reading.text, false)
    look(parse(reading.text))
  }
  return page
}

/** What is to be taken for a comment that doccheck obeys is decided later, by the syntax tree. */
const isControlled = (source: string) =>
  (source.includes('lint') || source.includes('doccheck')) &&
  /(?:<!--|\{\s*\/\*)\s*(?:lint|doccheck)\b/.test(source)

/** The labels of all that looks like a definition. */
const labelsIn = (source: string) =>
  [...source.matchAll(/^[ \t>]*\[([^\]\n^][^\]\n]*)\]:[ \t]*\S/gm)].map(([, label]) =>
    copyString(normalizeLabel(label!)),
  )
