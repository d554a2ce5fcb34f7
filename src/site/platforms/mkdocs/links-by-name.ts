import {withoutMarkdownExtension} from '../../../text/markdown-files.ts'
import {isBelow, joinPath, nameOf, pathBelow} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import {groupBy} from '../../shared/group-by.ts'
import {splitUrl} from '../../shared/local-url.ts'
import type {Resolution, SiteLink} from '../../types.ts'

/** Plugins that find the file of a link in Markdown by its name in any folder: `[a](setup.md)` for `guide/setup.md`. */
const BY_NAME = ['roamlinks', 'autolinks']
/** The plugin that finds it by the end of its path, without the extension of a page, too. */
const BY_END = 'ezlinks'
/** What the former look for. */
const NAME = /^[^/]+\.(?:md|png|jpe?g|bmp|gif|svg|webp)$/

/**
 * Create the function that resolves a link in Markdown by the name of a file in the folder of the pages, as plugins of the
 * site do.
 *
 * @param at The resolution of a link to such a file, which may not be published.
 * @returns undefined if no plugin does
 */
export function linksByName(
  {tree}: Pick<SiteContext, 'tree'>,
  {docs, plugins}: {docs: string; plugins: readonly string[]},
  at: (file: string, fragment: string | undefined) => Resolution,
): ((link: SiteLink) => Resolution | undefined) | undefined {
  const byEnd = plugins.includes(BY_END)
  if (!byEnd && !BY_NAME.some((name) => plugins.includes(name))) return
  let files: ReadonlyMap<string, readonly string[]> | undefined
  const named = (name: string) => {
    files ??= groupBy(
      [...tree.files].filter((file) => isBelow(file, docs)),
      (file) => withoutMarkdownExtension(nameOf(file)),
    )
    return files.get(withoutMarkdownExtension(nameOf(name))) ?? []
  }
  return ({kind, url}) => {
    const parts = splitUrl(url)
    if (kind === 'html' || 'to' in parts || parts.path.startsWith('/')) return
    if (!byEnd && !NAME.test(parts.path)) return
    const end = joinPath('', parts.path)
    const isMeant = (file: string) => {
      const forms = byEnd ? [file, withoutMarkdownExtension(file)] : [file]
      return forms.some((form) => `/${pathBelow(form, docs)}`.endsWith(`/${end}`))
    }
    const file = named(end).find(isMeant)
    return file === undefined ? undefined : at(file, parts.fragment)
  }
}
