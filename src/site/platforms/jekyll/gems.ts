import {isAtOrBelow, isBelow, joinPath} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import {doubt} from '../../doubts.ts'
import {ownValue, strings} from '../../shared/data.ts'
import {type Addition, isPage} from './plugin-code.ts'

/** Plugins that add no pages, or only such as are known: feeds, redirects, archives, further pages of lists. */
const KNOWN =
  /^(?:github-pages|jekyll|jemoji|rouge|kramdown[\w-]*|premonition|jekyll-(?:admin|archives(?:-v2)?|avatar|coffeescript|commonmark(?:-ghpages)?|compose|compress-images|default-layout|diagrams|email-protect|feed|figure|gist|github-metadata|gzip|image-size|include-cache|inline-svg|last-modified-at|livereload|loading-lazy|mentions|minifier|mermaid|octicons|optional-front-matter|paginate(?:-v2)?|postfiles|readme-index|redirect-from|relative-links|remote-theme|sass-converter|scss-source-maps|seo-tag|sitemap|spaceship|swiss|target-blank|tidy|time-to-read|titles-from-headings|toc|twitter-plugin|watch|webp|youtube))$/

/** Plugins that add pages of one kind, each with a test for the paths at which it may publish something. */
const COVERED: Record<
  string,
  (tree: Tree, config: Record<string, unknown>, root: string) => Addition['covers']
> = {
  // Its pages have sources in AsciiDoc, which need no front matter; it may write the styles of their code.
  'jekyll-asciidoc': ({files}, _, root) => {
    const hasPages = [...files].some(
      (file) => /\.(?:adoc|asciidoc|asc|ad)$/i.test(file) && isBelow(file, root),
    )
    return (path) => path.endsWith('.css') || (hasPages && isPage(path))
  },
  'jekyll-tagging': (_, config) => {
    const folders = [...strings(config.tag_page_dir), ...strings(config.tag_feed_dir)]
    return (path) => folders.some((folder) => isAtOrBelow(path, joinPath('', folder)))
  },
}

/** The pages and files that plugins of a configuration may add, and whether one is not known. */
export function addedByGems(
  tree: Tree,
  config: Record<string, unknown>,
  root: string,
): {additions: Addition[]; unknown: Addition['doubt'] | undefined} {
  // A gem is named by the file that is required, too: `jekyll/tagging`.
  const names = [...strings(config.plugins), ...strings(config.gems)].map((name) => name.replaceAll('/', '-'))
  const about = (name: string) => doubt('plugin-pages', `the plugin ${name}`)
  const additions = names.flatMap((name) => {
    const covers = ownValue(COVERED, name)?.(tree, config, root)
    return covers ? [{doubt: about(name), covers}] : []
  })
  const unknown = names.find((name) => !KNOWN.test(name) && !ownValue(COVERED, name))
  if (unknown === undefined) return {additions, unknown}
  return {additions: [...additions, {doubt: about(unknown), covers: () => true}], unknown: about(unknown)}
}
