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
  /set:html|innerHTML|InnerHTML|v-html|\{@html|<Content\b|\bContent\s*\}|\brender\s*\(|\brenderToString|MarkdownProcessor/
/** Code that reads content from elsewhere. */
const READS =
  /\breadFile|\bglob\b|\bgetEntr|\bgetCollection|\bfetch\s*\(|<Content\b|\bContent\s*\}|\?raw\b|\.data\b|['"]\S*\.(?:data|md|mdx|html)\b/
/** Ids that are computed, from properties or otherwise; and scripts, which may set some. */
const COMPUTED_IDS =
  /\bid\s*=\s*\{|\s:id\s*=|\{\s*id\s*\}|\.id\s*=|\bid\s*:|setAttribute|<script\s*(?:is:inline\s*)?>|\bSlugger\b|slugify/i
const LITERAL_IDS = /\sid=["']([^"'{}]+)["']/g

/** Does the code contain a `<slot is…>`, which another element replaces? */
const hasReplacedSlot = (code: string): boolean => code.split(/<slot(?=[^<>]*\sis\b)/i, 2).length > 1

/** Read the code of a component of Astro, Vue, Svelte or React. */
export function componentCode(code: string): ComponentCode {
  const isOpen = RENDERS.test(code) || hasReplacedSlot(code)
  const hasIds = isOpen || COMPUTED_IDS.test(code)
  const adds = isOpen && READS.test(code) ? Adds.Content : hasIds ? Adds.Ids : Adds.Nothing
  return {
    ids: [...code.matchAll(LITERAL_IDS)].map(([, id]) => id!),
    adds,
    uses: importedModules(code),
  }
}
