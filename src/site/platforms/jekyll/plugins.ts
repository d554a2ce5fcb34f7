import {isBelow, joinPath, pathBelow} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {strings} from '../../shared/data.ts'

/** The doubts that the plugins of a site raise. */
export interface Plugins {
  /** Something adds pages or files. */
  pages: Doubt | undefined
  /** Something changes the ids of all pages. */
  ids: Doubt | undefined
}

/** Plugins that add no pages, or only such as are known: feeds, redirects, archives, further pages of lists. */
const KNOWN =
  /^(?:github-pages|jekyll|jemoji|rouge|kramdown[\w-]*|jekyll-(?:admin|archives(?:-v2)?|avatar|coffeescript|commonmark(?:-ghpages)?|compose|compress-images|default-layout|email-protect|feed|figure|gist|github-metadata|gzip|image-size|include-cache|last-modified-at|livereload|loading-lazy|mentions|minifier|mermaid|octicons|optional-front-matter|paginate(?:-v2)?|postfiles|readme-index|redirect-from|relative-links|remote-theme|sass-converter|scss-source-maps|seo-tag|sitemap|spaceship|swiss|target-blank|tidy|time-to-read|titles-from-headings|toc|twitter-plugin|watch|webp|youtube))$/

/** Code that adds pages and files, or gives pages other URLs. */
const ADDS_PAGES =
  /\bPage(?:WithoutAFile)?\.new\b|\bStaticFile\.new\b|<\s*(?:Jekyll::)?(?:Page|StaticFile|PageWithoutAFile)\b|\bsite\.(?:pages|static_files)\b|\.docs\s*<<|\bFile\.(?:write|open)\b|\bFileUtils\b|\bdest\b|\bdestination\b|['"]?permalink['"]?|@url\b|\bcollections\b/
/** Code that runs on whole pages. */
const SEES_PAGES =
  /\bHooks\.register\b|<\s*(?:Jekyll::)?(?:Converter|Converters::\w+|Generator)\b|\bKramdown\b/

/** Read the plugins that a site is configured with, and those in its folder `_plugins`. */
export async function readPlugins(
  {tree}: Pick<SiteContext, 'tree'>,
  config: Record<string, unknown>,
  root: string,
): Promise<Plugins> {
  const unknown = [...strings(config.plugins), ...strings(config.gems)].find((name) => !KNOWN.test(name))
  const found: Plugins = {
    pages: unknown === undefined ? undefined : doubt('plugin-pages', `the plugin ${unknown}`),
    ids: undefined,
  }
  const folder = joinPath(root, '_plugins')
  for (const file of tree.files) {
    if (!file.endsWith('.rb') || !isBelow(file, folder)) continue
    const code = await tree.read(file).catch(() => undefined)
    const name = `the plugin ${pathBelow(file, root)}`
    if (code === undefined || ADDS_PAGES.test(code)) found.pages ??= doubt('code-pages', name)
    if (code === undefined || (SEES_PAGES.test(code) && /\bid\b/.test(code)))
      found.ids ??= doubt('plugin-ids', name)
  }
  return found
}
