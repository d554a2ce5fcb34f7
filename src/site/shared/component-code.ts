import {MASK_CHARACTER} from '../../page/template/mask.ts'
import {importedModules} from './imported-modules.ts'
import {namedImports} from './named-imports.ts'

/** How much a component may add to a page: nothing but literal ids, other ids, or any content. */
export enum Adds {
  Nothing,
  Ids,
  Content,
}

/** What the code of a component shows. */
export interface ComponentCode {
  /** The ids that are written in it, with {@link MASK_CHARACTER} in place of what is computed. */
  ids: string[]
  adds: Adds
  /** The modules that it imports. */
  uses: string[]
  /** The exports that it uses of those of which it does not use all. */
  names: ReadonlyMap<string, readonly string[]>
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
/** Comments in code and markup. */
const COMMENT = /\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|^[ \t]*\/\/.*$/gm
/** An id with text around a value: `id={`tab-${name}`}`, `:id="`tab-${name}`"`. */
const TEMPLATE_ID = /(?<![\w-])(?:id\s*=\s*\{|:id\s*=\s*"|\.id\s*=(?!=))\s*`([^`]*)`/g
/** An id that is a variable: `id={name}`. */
const NAMED_ID = /(?<![\w-])id\s*=\s*\{\s*([\w$]+)\s*\}/g
/** A variable for such an id: `const name = `tab-${n}``. */
const VARIABLE = /\bconst\s+([\w$]+)\s*=\s*`([^`]*)`/g

/** Does the code contain a `<slot is…>`, which another element replaces? */
const hasReplacedSlot = (code: string): boolean => code.split(/<slot(?=[^<>]*\sis\b)/i, 2).length > 1

/**
 * Read the code of a component of Astro, Vue, Svelte or React.
 *
 * @param source Its code.
 * @param isPage Is it a page of a site, so that an entry that it renders is the page itself?
 */
export function componentCode(source: string, isPage = false): ComponentCode {
  const code = source.replace(COMMENT, '')
  const isOpen = RENDERS.test(code) || (!isPage && RENDERS_ENTRY.test(code)) || hasReplacedSlot(code)
  const {rest, ids} = withoutKnownIds(code)
  const hasIds = isOpen || COMPUTED_IDS.test(rest)
  const adds = isOpen && READS.test(code) ? Adds.Content : hasIds ? Adds.Ids : Adds.Nothing
  return {
    ids: [...[...code.matchAll(LITERAL_IDS)].map(([, id]) => id!), ...ids],
    adds,
    uses: importedModules(code),
    names: namedImports(code),
  }
}

/** The ids of which some text is known, with a mark in place of the rest, and the code without these. */
function withoutKnownIds(code: string): {rest: string; ids: string[]} {
  const ids: string[] = []
  const add = (whole: string, template: string | undefined) => {
    const id = template?.replace(/\$\{[^{}]*\}/g, MASK_CHARACTER)
    if (id === undefined || !/[\w-]{3}/.test(id) || id.includes('{')) return whole
    ids.push(id)
    return ''
  }
  const variables = new Map([...code.matchAll(VARIABLE)].map(([, name, template]) => [name!, template!]))
  const rest = code
    .replace(TEMPLATE_ID, add)
    .replace(NAMED_ID, (whole: string, name: string) => add(whole, variables.get(name)))
  return {rest, ids}
}
