import type {Root} from 'mdast'
import {mayHaveDestinations} from '../redirects/file-names.ts'
import {normalizeLabel} from '../text/labels.ts'
import {copyString} from './copy-string.ts'
import {emptyPage} from './empty-page.ts'
import {FactCollector} from './fact-collector.ts'
import {frontMatterLinks, possibleLinksIn} from './front-matter/links.ts'
import {ParserNotLoadedError} from './front-matter/parsers.ts'
import {readFrontMatter} from './front-matter/read-front-matter.ts'
import {addIncludes} from './includes.ts'
import {readKramdown} from './kramdown.ts'
import {opaqueBlocks} from './opaque-content.ts'
import {type ParsedText, parseMarkdown, parseMdx} from './parse-text.ts'
import {parse} from './parser.ts'
import {refuseCostlyText} from './parser-cost.ts'
import {addPossible, dropKnown} from './possible-links.ts'
import {readRedirectFile} from './redirect-file.ts'
import {addScriptImports} from './script-imports.ts'
import {addShortcodeLinks} from './shortcode-links.ts'
import {addScopes} from './shortcode-scopes.ts'
import type {Syntax} from './syntax.ts'
import {addTakenHtml} from './taken-html.ts'
import {templateLinks} from './template-links.ts'
import type {Page} from './types.ts'
import {addUnparsedMdx} from './unparsed-mdx.ts'
import {wikilinksInFrontMatter} from './wikilinks.ts'

interface ReadOptions {
  /** Called with the page's syntax tree, which is built only if this is set. */
  look?: (tree: Root) => void
  /** Read the page no matter how long the parser may take. */
  unlimited?: boolean
}

/** Read all facts of a page as {@link readPageSync} does, but load parsers as needed, however long parsing takes. */
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
 * Read all facts of a page.
 *
 * @param path From the tree's root, with `/`.
 * @param source The text, without a byte order mark.
 * @throws {@link ParserNotLoadedError} if a parser has to be loaded first, {@link CostlyTextError} if parsing may take
 * very long
 */
export function readPageSync(
  path: string,
  source: string,
  syntax: Syntax,
  {look, unlimited = false}: ReadOptions = {},
): Page {
  if (mayHaveDestinations(path)) return readRedirectFile(path, source)
  const frontMatter = readFrontMatter(source, syntax)
  const page: Page = {
    ...emptyPage(path, source),
    opaqueContent: opaqueBlocks(source, syntax),
    hasLintComments: mayHaveLintComments(source) && (syntax.mdx ? 'mdx' : 'markdown'),
  }
  if (frontMatter) page.frontMatter = frontMatter
  if (syntax.dialect === 'python-markdown' || syntax.dialect === 'myst') page.labels = identifiersIn(source)
  const parseText = syntax.mdx ? parseMdx : parseMarkdown
  const parsed = parseText(page, source, syntax, unlimited)
  addPossible(page, possibleLinksIn(source, page.frontMatter))
  page.links.push(...frontMatterLinks(source, page.frontMatter, syntax), ...(parsed.modules ?? []))
  page.links.push(...wikilinksInFrontMatter(source, page.frontMatter, syntax.wikilinks))
  addScriptImports(page, source, syntax)
  new FactCollector(page, source, parsed, syntax).collect()
  addTakenHtml(page, source, parsed)
  addIncludes(page, source, syntax, parsed.masks)
  addUnseen(page, source, parsed)
  if (syntax.templating === 'shortcodes') {
    addShortcodeLinks(page, source, parsed.masks, syntax)
    addScopes(page, source, parsed.masks)
  }
  if (syntax.dialect === 'kramdown') readKramdown(page, source, parsed.text)
  page.links.push(...templateLinks(source, page, parsed.masks, syntax))
  dropKnown(page)
  if (page.references.some(({defined}) => !defined)) page.labels ??= identifiersAfterNotes(source)
  if (look) {
    // Parsing as Markdown may take longer than as MDX.
    if (!unlimited) refuseCostlyText(parsed.text, false)
    look(parse(parsed.text))
  }
  return page
}

/** Add what looks like code in the parsed text, but is none. */
function addUnseen(page: Page, source: string, {masks, unparsed}: ParsedText): void {
  if (unparsed) addUnparsedMdx(page, source, unparsed)
  if (unparsed || masks.some(({blank}) => blank)) addIdsOfTags(page, source)
}

const ID_OF_TAG = /<[a-z][\w-]*\s(?:[^<>]*\s)?id=(["'])([^"'<>{}\s]+)\1/g

/**
 * Add the ids of all HTML tags. Indented tags look like code; but after template code that stands alone on its line, the
 * lines that the code writes decide that, and MDX has no indented code.
 */
function addIdsOfTags(page: Page, source: string): void {
  const known = new Set(page.ids.map(({id}) => id))
  for (const {0: tag, 2: id, index} of source.matchAll(ID_OF_TAG)) {
    if (known.has(id!)) continue
    const end = index + tag.length - 1
    page.ids.push({id: copyString(id!), from: 'html', start: end - id!.length, end})
  }
}

/** May a page have comments that doccheck obeys? Later, the syntax tree decides which of them are comments. */
const mayHaveLintComments = (source: string) =>
  (source.includes('lint') || source.includes('doccheck')) &&
  /(?:<!--|\{\s*\/\*)\s*(?:lint|doccheck)\b/.test(source)

/** The definition of a footnote on one line, and the link reference definitions on the lines after it. */
const NOTE = /^ {0,3}\[\^[^\]\n]+\]:[^\n]*\n((?: {0,3}\[[^\]\n^][^\]\n]*\]:[ \t]*\S[^\n]*(?:\n|$))+)/gm

/** The identifiers of definitions that CommonMark takes for the text of the footnote before them. */
const identifiersAfterNotes = (source: string) =>
  source.includes('[^') ? [...source.matchAll(NOTE)].flatMap(([, lines]) => identifiersIn(lines!)) : []

/** The identifiers of everything that looks like a link reference definition: `  [Some Label]: url` → `SOME LABEL`. */
const identifiersIn = (source: string) =>
  [...source.matchAll(/^[ \t>]*\[([^\]\n^][^\]\n]*)\]:[ \t]*\S/gm)].map(([, label]) =>
    copyString(normalizeLabel(label!)),
  )
