import {folderOf, joinPath} from '../../../text/paths.ts'
import {before} from '../../../text/trim.ts'
import {modulesIn} from '../../shared/imported-modules.ts'
import type {Lookup} from '../../shared/lookup.ts'
import type {PageSource} from '../../types.ts'

/** Components that hand links on as they are, and bring no ids but such as are known. */
export const isBuiltInComponent = (from: string | undefined): boolean =>
  from !== undefined && /^(?:@astrojs\/starlight\/components|astro:assets|astro:components)$/.test(from)

/** What may put ids or headings on a page, in the code of a component. */
const LOUD = /\bid\b|set:html|<h\d|innerHTML|\bContent\b|\brender\b|<script|\b[a-z]\w*\.\w+\s*\/?>/i
/** `<slot is…>`, which another element stands for. */
const hasSlotElement = (code: string): boolean =>
  code
    .split(/<slot/i)
    .slice(1)
    .some((rest) => /\bis\b/i.test(before(rest, '>')))
/** Modules that are no components. */
const DATA = /^[.~@].*(?:\.(?:ts|js|mjs|json|css|png|jpe?g|svg|webp|avif)|\/[\w-]+)$|^astro(?::i18n|\/types)$/

/** A component of the site's own by what it is imported from; `~` and `@` commonly stand for the sources' folder. */
export const componentAt = (from: string, importer: string, source: string): string =>
  /^[~@]\//.test(from) ? joinPath(source, from.slice(2)) : joinPath(folderOf(importer), from)

/** The site's own components that bring no ids: all in them is text, links and what stands between their tags. */
export async function componentsWithoutIds(
  world: PageSource,
  lookup: Lookup,
  source: string,
): Promise<ReadonlySet<string>> {
  const files = [...world.tree.files].filter(
    (name) => name.startsWith(`${source}/`) && name.endsWith('.astro'),
  )
  const imports = new Map<string, string[]>()
  for (const file of files) {
    const code = await world.tree.read(file).catch(() => undefined)
    if (code === undefined || LOUD.test(code) || hasSlotElement(code)) continue
    const names = modulesIn(code).filter((name) => !isBuiltInComponent(name))
    const components = names.filter((name) => name.endsWith('.astro'))
    if (names.every((name) => name.endsWith('.astro') || DATA.test(name)))
      imports.set(
        file,
        components.map((name) => componentAt(name, file, source)),
      )
  }
  // What uses one that is not quiet is not quiet either.
  const users = new Map<string, string[]>()
  for (const [file, used] of imports)
    for (const name of used) {
      const known = users.get(name)
      if (known) known.push(file)
      else users.set(name, [file])
    }
  const loud = [...users.keys()].filter((name) => !lookup.isFile(name) || !imports.has(name))
  for (let name = loud.pop(); name !== undefined; name = loud.pop())
    for (const user of users.get(name) ?? []) if (imports.delete(user)) loud.push(user)
  return new Set(imports.keys())
}
