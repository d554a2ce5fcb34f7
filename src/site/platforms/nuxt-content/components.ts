import {folderPrefix, nameOf} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import {Adds, componentCode} from '../../shared/component-code.ts'
import {textsOf} from '../../shared/texts.ts'

/** What the components of one name add to a page. */
interface Added {
  ids: readonly string[]
  adds: Adds
}

/** Components of MDC, Nuxt UI, Docus and undocs, which show what is written in them; and elements of HTML. */
const KNOWN =
  /^(?:u(?:page|button|badge|icon|avatar|input|kbd|colormode|alert|card|separator|link|container|chip|blog|pricing|changelog|user|logos|header|footer|main|error)\w*|prose\w*|nuxt(?:link|img|picture)|clientonly|callout|note|tip|info|important|warning|caution|danger|alert|card(?:group|s)?|list|code(?:group|block|collapse|preview|tree)|tabs?(?:item)?|accordion(?:item)?|collapsible|steps?|field(?:group)?|badge|icon|kbd|button(?:link)?|readmore|sourcelink|video\w*|iframe|ellipsis|copyright|blockhero|hero|container|alert|shortcut|ref|(?:pm|package)[a-z]*|browserframe|div|span|p|a|ul|ol|li|img|br|details|summary|table|section|picture|source)$/
/** More components than a site has. */
const MOST_FILES = 2000

const keyOf = (name: string) => name.replaceAll(/[-_.]/g, '').toLowerCase()

/** The components that pages may use, by their names. */
export class Components {
  readonly #codes: ReadonlyMap<string, string>
  readonly #found = new Map<string, Added | undefined>()

  constructor(codes: ReadonlyMap<string, string>) {
    this.#codes = codes
  }

  /** What the component of a name adds; undefined if its code is not known. */
  of(name: string): Added | undefined {
    const key = keyOf(name)
    if (!this.#found.has(key)) this.#found.set(key, this.#read(key))
    return this.#found.get(key)
  }

  #read(key: string): Added | undefined {
    const code = this.#codes.get(key)
    if (code !== undefined) return componentCode(code)
    return KNOWN.test(key) ? {ids: [], adds: Adds.Nothing} : undefined
  }
}

/** Read the components in the folder of a site. */
export async function readComponents({tree, marker}: SiteContext): Promise<Components> {
  const prefix = folderPrefix(marker.root)
  const files = [...tree.files].filter(
    (file) => file.startsWith(prefix) && file.endsWith('.vue') && file.includes('components/'),
  )
  const texts = await textsOf(tree, files, MOST_FILES)
  return new Components(
    new Map([...texts].map(([file, code]) => [keyOf(nameOf(file).slice(0, -'.vue'.length)), code])),
  )
}
