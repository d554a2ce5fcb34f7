import type {IncludePattern} from '../../../page/include-pattern.ts'
import {patternOf} from '../../../page/pattern.ts'
import {folderOf, joinPath} from '../../../text/paths.ts'
import {includedFile} from '../../shared/included-file.ts'
import type {AppContext} from '../../shared/mdx-app/context.ts'
import type {Resolution, SiteLink} from '../../types.ts'

/** A file that is a part of the page: `<include>./setup.mdx#steps</include>` */
const INCLUDE =
  /<include(?=[\s>])(?![^<>]{0,300}\bcwd\b)[^<>]{0,300}>(?<names>[^<>{}]{1,500})<\/include[ \t]{0,9}>/dg
/** The same, with a path from the folder in which the site is built. */
const FROM_ROOT =
  /<include(?=\s)(?=[^<>]{0,300}\bcwd\b)[^<>]{0,300}>(?<names>[^<>{}]{1,500})<\/include[ \t]{0,9}>/dg
/** The name of a file, and a section of it. */
const PART = /^\s*(?<name>[^\s#](?:[^#]*[^\s#])?)(?<part>#\S+)?\s*$/

/** Elements that show files: Markdown as a part of the page, all other files as code. */
export const INCLUDES: readonly IncludePattern[] = [
  {...patternOf(INCLUDE), sign: '<include', within: 'text', name: PART.source},
  {...patternOf(FROM_ROOT), sign: '<include', within: 'text', name: PART.source, tag: 'cwd'},
]

/** Find a file that a page includes. */
export const resolveFumadocsInclude = (context: AppContext, {url, tag}: SiteLink, from: string): Resolution =>
  includedFile(context, [joinPath(tag === 'cwd' ? context.marker.root : folderOf(from), url)])
