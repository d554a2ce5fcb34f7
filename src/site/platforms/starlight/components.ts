import {folderOf, joinPath} from '../../../text/paths.ts'
import {before} from '../../../text/trim.ts'
import type {SiteContext} from '../../platform.ts'
import {importedModules} from '../../shared/imported-modules.ts'
import type {Lookup} from '../../shared/lookup.ts'

/** Is a component imported from Starlight or Astro? These leave links unchanged, and add only known ids. */
export const isBuiltInComponent = (from: string | undefined): boolean =>
  from !== undefined && /^(?:@astrojs\/starlight\/components|astro:assets|astro:components)$/.test(from)

/** Component code that may add ids or headings to a page. */
const MAY_ADD_IDS = /\bid\b|set:html|<h\d|innerHTML|\bContent\b|\brender\b|<script|\b[a-z]\w*\.\w+\s*\/?>/i
/** Modules that are not components. */
const DATA = /^[.~@].*(?:\.(?:ts|js|mjs|json|css|png|jpe?g|svg|webp|avif)|\/[\w-]+)$|^astro(?::i18n|\/types)$/

/** Does the code contain a `<slot is…>`, which another element replaces? */
const hasReplacedSlot = (code: string): boolean =>
  code
    .split(/<slot/i)
    .slice(1)
    .some((rest) => /\bis\b/i.test(before(rest, '>')))

/** The file of a component by its import; `~` and `@` commonly stand for the source folder. */
export const componentAt = (from: string, importer: string, sourceFolder: string): string =>
  /^[~@]\//.test(from) ? joinPath(sourceFolder, from.slice(2)) : joinPath(folderOf(importer), from)

/** The site's own components. */
const componentsIn = ({tree}: SiteContext, sourceFolder: string): string[] =>
  [...tree.files].filter((name) => name.startsWith(`${sourceFolder}/`) && name.endsWith('.astro'))

/** The site's own components that add no ids: they contain only text, links, other such components and their slots. */
export async function componentsWithoutIds(
  ctx: SiteContext,
  sourceFolder: string,
): Promise<ReadonlySet<string>> {
  const usedBy = new Map<string, string[]>()
  for (const file of componentsIn(ctx, sourceFolder)) {
    const code = await ctx.tree.read(file).catch(() => undefined)
    const used = code === undefined ? undefined : usedComponents(code, file, sourceFolder)
    if (used) usedBy.set(file, used)
  }
  return withoutUsersOfOthers(usedBy, ctx.lookup)
}

/** The components that a component uses; undefined if it may add ids itself. */
function usedComponents(code: string, file: string, sourceFolder: string): string[] | undefined {
  if (MAY_ADD_IDS.test(code) || hasReplacedSlot(code)) return
  const names = importedModules(code).filter((name) => !isBuiltInComponent(name))
  if (!names.every((name) => name.endsWith('.astro') || DATA.test(name))) return
  return names.filter((name) => name.endsWith('.astro')).map((name) => componentAt(name, file, sourceFolder))
}

/** Keep the components that, directly and indirectly, use only each other. */
function withoutUsersOfOthers(used: ReadonlyMap<string, readonly string[]>, lookup: Lookup): Set<string> {
  const kept = new Set(used.keys())
  const users = new Map<string, string[]>()
  for (const [file, names] of used)
    for (const name of names) {
      const known = users.get(name)
      if (known) known.push(file)
      else users.set(name, [file])
    }
  const others = [...users.keys()].filter((name) => !lookup.isFile(name) || !kept.has(name))
  for (let name = others.pop(); name !== undefined; name = others.pop())
    for (const user of users.get(name) ?? []) if (kept.delete(user)) others.push(user)
  return kept
}

/** The literal ids in the components of a site. */
export async function idsInComponents(ctx: SiteContext, sourceFolder: string): Promise<ReadonlySet<string>> {
  const texts = await Promise.all(
    componentsIn(ctx, sourceFolder).map((file) => ctx.tree.read(file).catch(() => '')),
  )
  return new Set(texts.flatMap((text) => [...text.matchAll(/\bid=["']([^"']+)/g)].map(([, id]) => id!)))
}
