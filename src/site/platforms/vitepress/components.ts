import {nameOf} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import {Adds, type ComponentCode, componentCode} from '../../shared/component-code.ts'

/** What all components of one name add to a page. */
export interface NamedComponent {
  ids: readonly string[]
  adds: Adds
}

/** Components of Vue and of the default theme, which add only known ids. */
const BUILT_IN =
  /^(?:badge|clientonly|content|codegroup|vp[\w]+|plugintabs(?:tab)?|transition(?:group)?|keepalive|suspense|teleport|component|slot|template)$/

/** More components than the pages of a site use. */
const MOST_FILES = 1000

/** `GuideLink`, `guide-link` → `guidelink` */
const keyOf = (name: string) => name.replaceAll('-', '').toLowerCase()

/** The components of a site by their names: pages use those that a theme registers, that are imported or found by name. */
export class Components {
  readonly #byName: ReadonlyMap<string, readonly ComponentCode[]>

  constructor(byName: ReadonlyMap<string, readonly ComponentCode[]>) {
    this.#byName = byName
  }

  /** What the component of a name adds to a page; undefined if none is known. */
  of(name: string, seen = new Set<string>()): NamedComponent | undefined {
    const key = keyOf(name)
    if (BUILT_IN.test(key) || seen.has(key)) return {ids: [], adds: Adds.Nothing}
    seen.add(key)
    const all = this.#byName.get(key)
    if (!all) return
    const used = all
      .flatMap(({uses}) => uses)
      .filter((module) => module.endsWith('.vue'))
      .map((module) => this.of(nameOf(module).slice(0, -'.vue'.length), seen) ?? UNKNOWN_COMPONENT)
    const parts = [...all, ...used]
    return {ids: parts.flatMap(({ids}) => ids), adds: Math.max(...parts.map(({adds}) => adds))}
  }
}

const UNKNOWN_COMPONENT: NamedComponent = {ids: [], adds: Adds.Ids}

/** The component that a theme registers with another name: `app.component('L', Link)`. */
const REGISTERED = /\bcomponent\(\s*['"]([\w-]+)['"]\s*,\s*(\w+)/g

/** Read the components in the folder of a site, and the names under which its theme registers them. */
export async function readComponents({tree, marker}: SiteContext): Promise<Components> {
  const byName = new Map<string, ComponentCode[]>()
  const prefix = marker.root === '' ? '' : `${marker.root}/`
  const files = [...tree.files].filter((file) => file.startsWith(prefix) && file.endsWith('.vue'))
  for (const file of files.slice(0, MOST_FILES)) {
    const code = await tree.read(file).catch(() => undefined)
    if (code === undefined) continue
    const key = keyOf(nameOf(file).slice(0, -'.vue'.length))
    byName.set(key, [...(byName.get(key) ?? []), componentCode(code)])
  }
  const themes = ['ts', 'js', 'mts', 'mjs'].map((end) => `${prefix}.vitepress/theme/index.${end}`)
  for (const file of themes.filter((each) => tree.files.has(each))) {
    const theme = await tree.read(file).catch(() => '')
    for (const [, name, variable] of theme.matchAll(REGISTERED)) {
      const component = byName.get(keyOf(variable!))
      if (component && !byName.has(keyOf(name!))) byName.set(keyOf(name!), component)
    }
  }
  return new Components(byName)
}
