import {folderOf, joinPath} from '../paths.ts'
import type {Lookup} from './lookup.ts'
import type {World} from './site.ts'

/** Components that hand links on as they are, and bring no ids but such as are known. */
export const isStarlights = (from: string | undefined): boolean =>
  from !== undefined && /^(?:@astrojs\/starlight\/components|astro:assets|astro:components)$/.test(from)

/** What may put ids or headings on a page, in the code of a component. */
const LOUD =
  /\bid\b|set:html|<h\d|innerHTML|\bContent\b|\brender\b|<script|<slot[^>]*\bis\b|\b[a-z]\w*\.\w+\s*\/?>/i
const IMPORT = /^\s*import\s(?!\s*type\b)(?:[^'"]*\sfrom)?\s*['"]([^'"]+)['"]/gm
/** Modules that are no components. */
const DATA = /^[.~@].*(?:\.(?:ts|js|mjs|json|css|png|jpe?g|svg|webp|avif)|\/[\w-]+)$|^astro(?::i18n|\/types)$/

/** A component of the site's own by what it is imported from; `~` and `@` commonly stand for the sources' folder. */
export const componentAt = (from: string, importer: string, source: string): string =>
  /^[~@]\//.test(from) ? joinPath(source, from.slice(2)) : joinPath(folderOf(importer), from)

/** The site's own components that bring no ids: all in them is text, links and what stands between their tags. */
export async function quietComponents(
  world: World,
  lookup: Lookup,
  source: string,
): Promise<ReadonlySet<string>> {
  const files = [...world.tree.files].filter(
    (name) => name.startsWith(`${source}/`) && name.endsWith('.astro'),
  )
  const imports = new Map<string, string[]>()
  for (const file of files) {
    const code = await world.tree.read(file).catch(() => undefined)
    if (code === undefined || LOUD.test(code)) continue
    const names = [...code.matchAll(IMPORT)].map(([, name]) => name!).filter((name) => !isStarlights(name))
    const components = names.filter((name) => name.endsWith('.astro'))
    if (names.every((name) => name.endsWith('.astro') || DATA.test(name)))
      imports.set(
        file,
        components.map((name) => componentAt(name, file, source)),
      )
  }
  // What uses one that is not quiet is not quiet either.
  for (let before = -1; before !== imports.size; ) {
    before = imports.size
    for (const [file, used] of imports)
      if (used.some((name) => !lookup.isFile(name) || !imports.has(name))) imports.delete(file)
  }
  return new Set(imports.keys())
}
