import {nameOf} from '../../../text/paths.ts'
import {ownValue} from '../../shared/data.ts'
import type {JekyllConfig} from './config.ts'
import {type Document, outputExtension, placeholdersOf, withoutExtension} from './placeholders.ts'

/** The named permalink styles (Jekyll's `configuration.rb`). */
const STYLES: Record<string, string> = {
  none: '/:categories/:title:output_ext',
  date: '/:categories/:year/:month/:day/:title:output_ext',
  ordinal: '/:categories/:year/:y_day/:title:output_ext',
  pretty: '/:categories/:year/:month/:day/:title/',
  weekdate: '/:categories/:year/W:week/:short_day/:title:output_ext',
}

/**
 * The URL of a document: `_posts/2024-01-31-news.md` → `/2024/01/31/news.html`.
 *
 * @returns a URL that still contains a `:` for each unsupported placeholder
 */
export function urlOf(document: Document, config: JekyllConfig): string {
  const url = filled(templateFor(document, config), placeholdersOf(document))
  const extension = outputExtension(document)
  // A page is written as an HTML file or as `index.html`, at whose URL hosts serve it; other files get an extension.
  if (extension === '.html' || url.endsWith(extension)) return url
  if (!url.endsWith('/')) return url + extension
  return document.collection === '' ? `${url}index${extension}` : url
}

/** The URL of a file without front matter in a collection: `_docs/a.png` → `/docs/a.png`. */
export function urlOfStaticFile(path: string, collection: string, config: JekyllConfig): string {
  const template = templateOfCollection(collection, config)
  const values = {
    collection,
    path: withoutExtension(path.slice(collection.length + 2)),
    output_ext: '',
    name: withoutExtension(nameOf(path)),
    title: '',
  }
  return filled(template, values).replace(/\/$/, '') + (/\.[^./]*$/.exec(path)?.[0] ?? '')
}

/** The permalink that applies to a document: https://jekyllrb.com/docs/permalinks/ */
function templateFor(document: Document, config: JekyllConfig): string {
  const {path, collection, values} = document
  if (typeof values.permalink === 'string') return values.permalink
  if (collection !== '') return templateOfCollection(collection, config)
  const isHtml = /\.x?html?$/.test(outputExtension(document))
  if (!isHtml) return '/:path/:basename:output_ext'
  // A README has this URL, besides that of its folder if jekyll-readme-index runs.
  return withoutExtension(nameOf(path)) === 'index' ? '/:path/' : `/:path/:basename${endOf(config)}`
}

function templateOfCollection(collection: string, config: JekyllConfig): string {
  const own = ownValue(config.collections, collection)?.permalink
  if (own !== undefined) return own
  if (collection === 'posts') return ownValue(STYLES, config.permalink) ?? config.permalink
  return `/:collection/:path${endOf(config)}`
}

/** The end that the permalink of posts gives those of pages and collections. */
const endOf = ({permalink}: JekyllConfig) =>
  permalink === 'pretty' || permalink.endsWith('/') ? '/' : ':output_ext'

/** Expand a permalink (Jekyll's `url.rb`); unsupported placeholders are kept, with their `:`. */
function filled(template: string, values: Record<string, string | undefined>): string {
  const url = template.replace(/:([a-z_]+)/g, (placeholder, name: string) => {
    // In `:year_:month`, the underscore is not part of the name.
    const shorter = name.endsWith('_') ? ownValue(values, name.slice(0, -1)) : undefined
    return ownValue(values, name) ?? (shorter === undefined ? placeholder : `${shorter}_`)
  })
  return `/${url}`
    .replaceAll('..', '/')
    .replaceAll('./', '')
    .replace(/\/{2,}/g, '/')
}
