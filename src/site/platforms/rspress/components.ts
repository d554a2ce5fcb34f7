import type {Component} from '../../../page/types.ts'
import {isBelow} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import {Adds, componentCode} from '../../shared/component-code.ts'
import {localModule} from '../../shared/javascript/local-module.ts'
import {textsOf} from '../../shared/texts.ts'
import type {RspressConfig} from './config.ts'

/** What a component adds to a page. */
interface Added {
  ids: readonly string[]
  adds: Adds
}

const NOTHING: Added = {ids: [], adds: Adds.Nothing}
const ANYTHING: Added = {ids: [], adds: Adds.Ids}

/** Modules whose components add no ids but those of what is written in them. */
const WITHOUT_IDS =
  /^(?:@theme(?:-original)?|@?rspress\/(?:theme|core\/theme|runtime|core\/runtime|core)[\w-]*)(?:$|\/)|\.(?:svg|png|jpe?g|gif|webp)(?:\?|$)/
/** Components of the theme that need no import. */
const OF_THEME =
  /^(?:Badge|Tabs?|Steps|Card|LinkCard|Link|Button|PackageManagerTabs|CodeBlock\w*|SourceCode|Prompt|PageTabs?|Callout|Tag|Toc|React\.Fragment|Fragment|Details|NoSSR|FileTree)$/
/** More code than a site has. */
const MOST_FILES = 2000

/** The components that pages import, by their code. */
export class Components {
  readonly #ctx: SiteContext
  readonly #aliases: Readonly<Record<string, string>>
  readonly #codes: ReadonlyMap<string, string>
  readonly #found = new Map<string, Added>()

  constructor(ctx: SiteContext, {docs}: RspressConfig, codes: ReadonlyMap<string, string>) {
    this.#ctx = ctx
    this.#aliases = {'@site': ctx.marker.root, '@components': `${docs}/components`}
    this.#codes = codes
  }

  /** What a component adds, which a page uses. */
  of({name, from}: Component, page: string): Added {
    if (from === undefined) return OF_THEME.test(name) ? NOTHING : ANYTHING
    if (WITHOUT_IDS.test(from)) return NOTHING
    const file = localModule(this.#ctx.tree, from, page, this.#aliases)
    return file === undefined ? ANYTHING : this.#of(file)
  }

  /** What the code of a file adds, with the code that it imports. */
  #of(file: string): Added {
    const known = this.#found.get(file)
    if (known) return known
    // One that imports itself adds nothing more.
    this.#found.set(file, NOTHING)
    const code = this.#codes.get(file)
    const found = code === undefined ? ANYTHING : this.#read(code, file)
    this.#found.set(file, found)
    return found
  }

  #read(code: string, file: string): Added {
    const {ids, adds, uses} = componentCode(code)
    const parts = uses.flatMap((name) => {
      const module = localModule(this.#ctx.tree, name, file, this.#aliases)
      return module !== undefined && /\.[jt]sx?$/.test(module) ? [this.#of(module)] : []
    })
    return {
      ids: [...ids, ...parts.flatMap((part) => part.ids)],
      adds: Math.max(adds, ...parts.map((part) => part.adds)),
    }
  }
}

/** Read the code in the folder of a site. */
export async function readComponents(ctx: SiteContext, config: RspressConfig): Promise<Components> {
  const {tree, marker} = ctx
  const files = [...tree.files].filter((file) => isBelow(file, marker.root) && /\.[jt]sx?$/.test(file))
  return new Components(ctx, config, await textsOf(tree, files, MOST_FILES))
}
