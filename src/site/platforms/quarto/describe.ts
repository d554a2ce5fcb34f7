import {normalizeLabel} from '../../../text/labels.ts'
import {isMarkdownFile} from '../../../text/markdown-files.ts'
import {folderOf, folderPrefix} from '../../../text/paths.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {whyHiddenReferences} from '../../shared/html-blocks.ts'
import type {SiteAnswers, SiteLink} from '../../types.ts'
import {headingIdsOf, quartoAnchors} from './anchors.ts'
import {isNeverRendered, type QuartoConfig, readQuarto} from './config.ts'
import {Filters} from './filters.ts'
import {foldersByIncluded, resolveQuartoInclude} from './includes.ts'
import {isPageOf, type QuartoContext, resolveQuartoLink} from './links.ts'
import {Outputs} from './outputs.ts'
import {codeAfterRender} from './post-render.ts'
import {readProject} from './profiles.ts'
import {quartoSyntax} from './syntax.ts'

/** Describe a Quarto project: a website, a book, or pages alone. */
export async function describeQuarto(ctx: SiteContext): Promise<SiteDescription> {
  const {platform, root, why, file} = ctx.marker
  const data = file === undefined ? {} : await readProject(ctx, file)
  const config = readQuarto(data)
  const filters = await Filters.read(ctx, data)
  const code = await codeAfterRender(ctx, config.postRender)
  const prefix = folderPrefix(root)
  return {
    platform,
    root,
    why,
    syntax: quartoSyntax,
    readsComputedMarkdown: true,
    // Front matter of any page may give it further URLs.
    readsAll: true,
    ...(config.home !== undefined && {home: config.home}),
    owns: (path) =>
      path.startsWith(prefix) && !path.endsWith('.mdx') && !isNeverRendered(path.slice(prefix.length)),
    publish: (pages) => publish({...ctx, ...pages}, config, filters, code),
  }
}

function countsOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const each of values) counts.set(each, (counts.get(each) ?? 0) + 1)
  return counts
}

function publish(
  ctx: SiteContext & PageSource,
  config: QuartoConfig,
  filters: Filters,
  code: string | undefined,
): SiteAnswers {
  const prefix = folderPrefix(ctx.marker.root)
  const sources = [...ctx.tree.files].filter(
    (file) => isMarkdownFile(file) && isPageOf({config, prefix}, file),
  )
  const rendered = () => sources.flatMap((file) => ctx.page(file) ?? [])
  const outputs = new Outputs(rendered(), prefix)
  const pagesIn = countsOf(sources.map(folderOf))
  const indexes = sources.filter((file) => /(?:^|\/)index\.\w+$/.test(file) && folderOf(file) !== '')
  const foldersIn = countsOf(indexes.map((file) => folderOf(folderOf(file))))
  let showing: ReadonlyMap<string, ReadonlySet<string>> | undefined
  let chapters: ReadonlyMap<string | undefined, string> | undefined
  const include = (link: SiteLink, from: string) => resolveQuartoInclude(context, link, from)
  const finder = {page: ctx.page, include}
  const context: QuartoContext = {
    ...ctx,
    config,
    filters,
    codeAfterRender: code,
    prefix,
    outputs,
    pagesIn,
    foldersIn,
    foldersShowing: (file) =>
      (showing ??= foldersByIncluded(rendered(), ctx.page, prefix)).get(file) ?? new Set(),
    chapterWith: (id) =>
      config.isBook
        ? (chapters ??= new Map(
            rendered().flatMap((page) =>
              headingIdsOf(page, finder).map((each) => [each, page.path] as const),
            ),
          )).get(id)
        : undefined,
    anchorsOf: (page) => quartoAnchors(page, filters, finder),
  }
  return {
    references: whyHiddenReferences,
    // Pandoc's `implicit_header_references`: a heading's text is a label.
    definitions: ({headings}) =>
      new Set(headings.map(({text, textWithoutId}) => normalizeLabel(textWithoutId ?? text))),
    urlsOf: (path) => {
      if (!isPageOf(context, path)) return []
      const url = `/${outputs.of(path.slice(prefix.length), path)}`
      return url.endsWith('/index.html') ? [url.slice(0, -'index.html'.length), url] : [url]
    },
    resolve: (link, from) => resolveQuartoLink(context, link, from),
    include,
    anchorsOf: context.anchorsOf,
  }
}
