import type {Page} from '../../../page/types.ts'
import {folderOf, isBelow, joinPath, nameOf, pathBelow} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import {Adds, type ComponentCode, componentCode} from '../component-code.ts'
import {textsOf} from '../texts.ts'

/** What all components of one name add to a page. */
export interface NamedComponent {
  ids: readonly string[]
  adds: Adds
}

/** Components of Vue and of the default theme, which add only known ids. */
const BUILT_IN =
  /^(?:badge|clientonly|content|codegroup(?:item)?|vp[\w]+|(?:route|router|auto|outbound)link|plugintabs(?:tab)?|transition(?:group)?|keepalive|suspense|teleport|component|slot|template)$/

/** Components of the default theme that link to their `href`. */
const THEME_LINK = /^vp(?:link|button)$/

/** Components hand a link through fewer others. */
const DEEPEST = 5

/**
 * The way in which a component links to a property: the browser resolves it, perhaps as the URL of an image, the base of
 * the site is added, the router leads there, or the default theme writes it, as it does for links of front matter.
 */
export type Handing = 'browser' | 'image' | 'base' | 'based image' | 'route' | 'theme'

/** An attribute that a component computes from its properties: `:href="link"` of an `a`. */
interface Binding {
  tag: string
  attribute: string
  value: string
}

const BINDING = /(?:\s:|v-bind:)(href|src|to)="([^"<>]*)"/g
/** The components of routers, whose attribute `to` is a link. */
const ROUTER_LINK = /^(?:route|router)-?link$/i

/** A property alone, or one that a function of the generator changes: `link`, `withBase(props.src)`. */
const PROPERTY = /^(?:(withBase|normalizeLink)\(\s*)?(?:props\.)?(\w+)\s*\)?$/

/** The links and sources that a component computes, in its template. */
const bindingsIn = (code: string): Binding[] =>
  code.split('<').flatMap((element) => {
    const tag = /^[A-Za-z][\w-]*/.exec(element)?.[0]
    if (tag === undefined) return []
    return [...element.matchAll(BINDING)].map(([, attribute, value]) => ({
      tag,
      attribute: attribute!,
      value: value!.trim(),
    }))
  })

/** More components than the pages of a site use. */
const MOST_FILES = 1000

/** `GuideLink`, `guide-link` → `guidelink` */
const keyOf = (name: string) => name.replaceAll('-', '').toLowerCase()

/** The components of a site by their names: pages use those that a theme registers, that are imported or found by name. */
export class Components {
  readonly #byName: ReadonlyMap<string, readonly VueComponent[]>
  readonly #byFile: ReadonlyMap<string, VueComponent>

  constructor(
    byName: ReadonlyMap<string, readonly VueComponent[]>,
    byFile: ReadonlyMap<string, VueComponent>,
  ) {
    this.#byName = byName
    this.#byFile = byFile
  }

  /** The components of a name on a page: the one that its script imports, else those that any page may use. */
  #named(name: string, page: Page | undefined): readonly VueComponent[] {
    const key = keyOf(name)
    const from = page?.components?.find((each) => keyOf(each.name) === key)?.from
    const imported = from === undefined ? undefined : this.#byFile.get(joinPath(folderOf(page!.path), from))
    return imported ? [imported] : (this.#byName.get(key) ?? [])
  }

  /** What the component of a name adds to a page; undefined if none is known. */
  of(name: string, page?: Page, seen = new Set<string>()): NamedComponent | undefined {
    const key = keyOf(name)
    if (BUILT_IN.test(key) || seen.has(key)) return {ids: [], adds: Adds.Nothing}
    seen.add(key)
    const all = this.#named(name, page)
    if (all.length === 0) return
    const used = all
      .flatMap(({uses}) => uses)
      .filter((module) => module.endsWith('.vue'))
      .map((module) => this.of(nameOf(module).slice(0, -'.vue'.length), undefined, seen) ?? UNKNOWN_COMPONENT)
    const parts = [...all, ...used]
    return {ids: parts.flatMap(({ids}) => ids), adds: Math.max(...parts.map(({adds}) => adds))}
  }

  /** The properties that components link to, as `component property` in lower case. */
  linkProps(): string[] {
    return [...this.#byName].flatMap(([key, all]) =>
      all.flatMap(({bindings}) =>
        bindings.flatMap(({value}) => {
          const name = PROPERTY.exec(value)?.[2]
          return name === undefined || name !== name.toLowerCase() ? [] : [`${key} ${name}`]
        }),
      ),
    )
  }

  /** The way in which the component of a name links to a property; undefined if that is not known. */
  handing(name: string, prop: string, page?: Page, depth = 0): Handing | undefined {
    if (THEME_LINK.test(keyOf(name))) return prop === 'href' ? 'theme' : undefined
    const all = this.#named(name, page)
    const found = new Set(
      all.flatMap(({bindings}) => bindings).map((binding) => this.#handingBy(binding, prop, depth)),
    )
    found.delete('none')
    // Templates render URLs of other sites with a separate `<a>`.
    if (found.has('route')) found.delete('browser')
    const [only] = found
    return found.size === 1 && only !== 'none' ? only : undefined
  }

  #handingBy(binding: Binding, prop: string, depth: number): Handing | 'none' | undefined {
    const {tag, attribute, value} = binding
    const [, call, name] = PROPERTY.exec(value) ?? []
    if (name !== prop) return value.includes(prop) ? undefined : 'none'
    if (call === 'normalizeLink') return 'theme'
    const found = handingOf(binding)
    if (found !== undefined) return call === undefined ? found : BASED[found]
    return call === undefined && attribute !== 'to' && depth < DEEPEST
      ? this.handing(tag, attribute, undefined, depth + 1)
      : undefined
  }
}

/** The way in which an element uses an attribute as a link; undefined for a component that passes it on. */
function handingOf({tag, attribute}: Binding): 'route' | 'image' | 'browser' | undefined {
  if (attribute === 'to') return ROUTER_LINK.test(tag) ? 'route' : undefined
  if (tag === 'img') return 'image'
  return /^(?:a|area|component|iframe|link)$/.test(tag) ? 'browser' : undefined
}

/** The same if the base of the site is added before. */
const BASED = {route: undefined, image: 'based image', browser: 'base'} as const

/** The code of a component, and what it does with its properties. */
interface VueComponent extends ComponentCode {
  bindings: readonly Binding[]
}

const UNKNOWN_COMPONENT: NamedComponent = {ids: [], adds: Adds.Ids}

/** The component that code registers with another name: `app.component('L', Link)`. */
const REGISTERED = /\bcomponent\(\s*['"]([\w-]+)['"]\s*,\s*(\w+)/g

/** The keys of a component, by its name and by its path below a folder. */
function keysOf(file: string, folder: string | undefined): ReadonlySet<string> {
  const path = folder === undefined ? undefined : pathBelow(file, folder)
  const names = [nameOf(file), ...(path === undefined ? [] : [path.replaceAll('/', '')])]
  return new Set(names.map((name) => keyOf(name.slice(0, -'.vue'.length))))
}

/**
 * Read the components in the folder of a site, and the names under which code registers them.
 *
 * @param registering The files of that code.
 * @param folder A folder whose components are registered with its folders in their names: `parts/Wick.vue` as `parts-Wick`.
 */
export async function readComponents(
  {tree, marker}: SiteContext,
  registering: readonly string[],
  folder?: string,
): Promise<Components> {
  const byName = new Map<string, VueComponent[]>()
  const byFile = new Map<string, VueComponent>()
  const files = [...tree.files].filter((file) => isBelow(file, marker.root) && file.endsWith('.vue'))
  for (const [file, code] of await textsOf(tree, files, MOST_FILES)) {
    const component = {...componentCode(code), bindings: bindingsIn(code)}
    for (const key of keysOf(file, folder)) byName.set(key, [...(byName.get(key) ?? []), component])
    byFile.set(file, component)
  }
  for (const file of registering.filter((each) => tree.files.has(each))) {
    const code = await tree.read(file).catch(() => '')
    for (const [, name, variable] of code.matchAll(REGISTERED)) {
      const component = byName.get(keyOf(variable!))
      if (component && !byName.has(keyOf(name!))) byName.set(keyOf(name!), component)
    }
  }
  return new Components(byName, byFile)
}
