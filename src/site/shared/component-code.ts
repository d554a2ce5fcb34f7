import {importedModules} from './imported-modules.ts'

/** How much a component may add to a page: nothing but literal ids, other ids, or any content. */
export enum Adds {
  Nothing,
  Ids,
  Content,
}

/** What the code of a component shows. */
export interface ComponentCode {
  /** The ids that are written in it. */
  ids: string[]
  adds: Adds
  /** The modules that it imports. */
  uses: string[]
}

/** Code that renders Markdown or HTML, or elements whose names are computed. */
const RENDERS =
  /set:html|innerHTML|InnerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|document\.write\(|v-html|\{@html|\brenderToString|MarkdownProcessor/
/** Code that renders an entry of a content collection. */
const RENDERS_ENTRY = /<Content\b|\bContent\s*\}|\brender\s*\(/
/** Code that reads content from elsewhere. */
const READS =
  /\breadFile|\bglob\b|\bgetEntr|\bgetCollection|\bfetch\s*\(|<Content\b|\bContent\s*\}|\?raw\b|\.data\b|['"]\S*\.(?:data|md|mdx|html)\b/
/** Ids that are computed, from properties or otherwise; but neither comparisons nor types. */
const COMPUTED_IDS =
  /(?<![\w-])id\s*=\s*\{|\s:id\s*=|\{\s*id\s*\}|\.id\s*=(?!=)|(?<![.\w-])id\s*:(?!\s*(?:string|number)\b)|\bsetAttribute\(\s*(?:['"`]id\b|[^\s'"`])|\bSlugger\b|slugify/i
const LITERAL_IDS = /\sid=["']([^"'{}]+)["']/g

/** Does the code contain a `<slot is…>`, which another element replaces? */
const hasReplacedSlot = (code: string): boolean => code.split(/<slot(?=[^<>]*\sis\b)/i, 2).length > 1

/**
 * Read the code of a component of Astro, Vue, Svelte or React.
 *
 * @param isPage Is it a page of a site, so that an entry that it renders is the page itself?
 */
export function componentCode(code: string, isPage = false): ComponentCode {
  const isOpen = RENDERS.test(code) || (!isPage && RENDERS_ENTRY.test(code)) || hasReplacedSlot(code)
  const hasIds = isOpen || COMPUTED_IDS.test(code)
  const adds = isOpen && READS.test(code) ? Adds.Content : hasIds ? Adds.Ids : Adds.Nothing
  return {
    ids: [...code.matchAll(LITERAL_IDS)].map(([, id]) => id!),
    adds,
    uses: importedModules(code),
  }
}
