import {folderOf, joinPath} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {doubted} from '../../shared/doubted.ts'
import {splitUrl} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution} from '../../types.ts'
import {pageAt} from './logical-paths.ts'
import type {HugoSite} from './site.ts'
import {whyUncertain} from './uncertain.ts'

const REFERENCE =
  /^\{\{[<%]\s*(?:rel)?ref\s+(?:path=)?(?:"([^"]*)"|`([^`]*)`|'([^']*)'|([^\s"'`=>%]+))\s*[>%]\}\}(#.*)?$/

/** Resolve the `ref` and `relref` shortcodes, which fail the build if their page is missing. */
export function resolveReference(site: HugoSite, url: string, from: string): Resolution {
  const {ctx, config} = site
  const match = REFERENCE.exec(url.trim())
  if (!match) return {to: 'unknown', doubt: doubt('template-link')}
  const parts = splitUrl((match[1] ?? match[2] ?? match[3] ?? match[4]!) + (match[5] ?? ''))
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(ctx, from, parts.fragment)
  const page = pageAt(site.routes(), config, parts.path, from, true)
  return page === undefined ? absent(site, parts.path, from) : fileAt(ctx, page, parts.fragment)
}

/** The resolution if no page has the logical path of a reference. */
export function absent(site: HugoSite, logical: string, from: string): Resolution {
  const {ctx, config} = site
  const {hidden} = site.routes()
  if (hidden.get(from) === 'later') return {to: 'unknown', doubt: doubt('not-published')}
  const path = logical.startsWith('/')
    ? joinPath(config.content[0]?.source ?? '', logical.replace(/^\/+/, ''))
    : joinPath(folderOf(from), logical)
  if ([path, `${path}.md`, `${path}/index.md`, `${path}/_index.md`].some((file) => hidden.has(file)))
    return {to: 'unknown', doubt: doubt('computed-setting', 'the date of publication')}
  const why =
    whyUncertain(site, `/${joinPath('', logical)}`, logical.includes('/')) ?? whyElsewhere(site, logical)
  const found = ctx.lookup.missing(path)
  const missing: Resolution = found.to === 'missing' ? {to: 'missing', path, why: 'file'} : found
  return why === undefined ? missing : doubted(missing, why)
}

/** A module or script may add a page anywhere whose name is that of a reference. */
const whyElsewhere = ({config}: HugoSite, logical: string): Doubt | undefined =>
  config.externalFolders.length > 0 && !logical.startsWith('/')
    ? doubt('code-pages', 'a module or script')
    : undefined
