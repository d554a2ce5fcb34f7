import type {SiteLink} from '../../types.ts'
import {importOf, importsIn} from './components.ts'
import type {DocusaurusContext} from './context.ts'
import type {LocalCode} from './local-code.ts'

/** The element to which a component hands a property, as a link or a source. */
interface Element {
  /** Its name; `link` for the component of Docusaurus. */
  tag: string
  /** The base of the site is added. */
  isBased: boolean
}

/** Components hand a property through fewer others. */
const DEEPEST = 5
/** An attribute that is a URL, with the expression that it gets. */
const URL_ATTRIBUTE = /\b(src|href|to)=\{([^{}]*)\}/g
/** The value of a property: `src`, `props.src`, `useBaseUrl(src)`. */
const VALUE = /^(?:(useBaseUrl)\(\s*)?(?:props\.)?([\w$]+)\s*\)?$/
const ELEMENT = /^(?:a|area|audio|embed|iframe|img|source|video)$/

/** The link that a component makes of one of its properties; undefined if it is not known to make one. */
export function asHanded(context: DocusaurusContext, link: SiteLink, from: string): SiteLink | undefined {
  const component = context.page(from)?.components?.find(({name}) => name.toLowerCase() === link.tag)
  const imported = component && importOf(context, component, from)
  const file = imported && context.code.moduleAt(imported.from, imported.importer)
  const element = file === undefined ? undefined : elementWith(context.code, file, link.prop!)
  if (!element) return
  const image = element.tag === 'img' && {image: true as const}
  return element.isBased
    ? {url: link.url, kind: image ? 'image' : 'link', ...image}
    : {url: link.url, kind: 'html', tag: element.tag, ...image}
}

/** The only element to which the component of a file hands a property. */
function elementWith(code: LocalCode, file: string, prop: string, depth = 0): Element | undefined {
  const text = code.textOf(file)
  if (text === undefined || depth > DEEPEST) return
  const found = new Map<string, Element>()
  for (const {1: name, 2: value, index} of text.matchAll(URL_ATTRIBUTE)) {
    if (!value!.includes(prop)) continue
    const [, call, used] = VALUE.exec(value!.trim()) ?? []
    if (used !== prop) return
    const element = elementOf(code, {file, text, index, depth}, name!)
    if (!element) return
    const isBased = element.isBased || call !== undefined
    found.set(`${element.tag} ${isBased}`, {tag: element.tag, isBased})
  }
  return found.size === 1 ? [...found.values()][0] : undefined
}

/** A place in code. */
interface Place {
  file: string
  text: string
  index: number
  /** The number of components that lead there. */
  depth: number
}

/** The element that an attribute belongs to, or to which its component hands it. */
function elementOf(
  code: LocalCode,
  {file, text, index, depth}: Place,
  attribute: string,
): Element | undefined {
  const [, tag = ''] = /^<([A-Za-z][\w$]*)\s/.exec(text.slice(text.lastIndexOf('<', index), index)) ?? []
  if (ELEMENT.test(tag)) return {tag, isBased: false}
  const module = importsIn(text, file).get(tag)?.from
  if (module === undefined) return
  if (module === '@docusaurus/Link') return {tag: 'link', isBased: false}
  const next = code.moduleAt(module, file)
  return next === undefined ? undefined : elementWith(code, next, attribute, depth + 1)
}
