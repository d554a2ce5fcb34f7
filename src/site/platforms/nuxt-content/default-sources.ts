import {joinPath} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import {ObjectValue, type Value} from '../../shared/javascript/values.ts'
import {type Source, sourceOf} from './collections.ts'

/** The sources of a site without collections: everything in `content/`, and in the folders that version 2 mounts. */
export function defaultSources(root: string, config: ObjectValue | undefined): Source[] {
  const content = config?.get('content')
  const mounted = content instanceof ObjectValue ? content.get('sources') : undefined
  const more =
    mounted instanceof ObjectValue ? [...mounted.values.values()].flatMap((each) => mountOf(each, root)) : []
  return [...everythingIn(joinPath(root, 'content')), ...more]
}

const everythingIn = (folder: string, prefix = ''): Source[] => {
  const source = sourceOf(folder, '**', {prefix})
  return source ? [source] : []
}

/** A source of version 2: `{driver: 'fs', base: '../docs', prefix: '/docs'}`. */
function mountOf(value: Value, root: string): Source[] {
  if (!(value instanceof ObjectValue) || value.get('driver') !== 'fs') return []
  const [base, prefix] = [value.get('base'), value.get('prefix')]
  if (typeof base !== 'string' || base.startsWith('/')) return []
  return everythingIn(joinPath(root, base), typeof prefix === 'string' ? prefix : '')
}

/**
 * The sources of Docus: its pages are in `content/docs`, if there is such a folder, otherwise in `content`, or for sites in
 * several languages in the same folders below the name of each.
 *
 * @param own The names of collections that the site itself defines in place of those of Docus.
 */
export function docusCollections(
  {tree}: SiteContext,
  root: string,
  locales: ReadonlySet<string>,
  own: ReadonlySet<string>,
): Source[] {
  const content = joinPath(root, 'content')
  const parts = locales.size === 0 ? [''] : [...locales].map((locale) => locale.replace('-', '_'))
  return parts.flatMap((part) => {
    const suffix = part === '' ? '' : `_${part}`
    const folder = part === '' ? '' : `${part}/`
    const hasDocs = tree.folders.has(joinPath(content, `${folder}docs`))
    const pages = hasDocs ? `${folder}docs/**` : `${folder}**`
    const prefix = hasDocs ? `${folder}docs` : part
    return [
      own.has(`docs${suffix}`)
        ? undefined
        : sourceOf(content, pages, {prefix, exclude: [`${folder}index.md`]}),
      own.has(`landing${suffix}`) ? undefined : sourceOf(content, `${folder}index.md`),
    ].filter((each) => each !== undefined)
  })
}
