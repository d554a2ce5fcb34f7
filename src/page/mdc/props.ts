import {isImage} from '../../text/urls.ts'
import {copyString} from '../copy-string.ts'
import {isLikeId} from '../html-elements.ts'
import type {Page} from '../types.ts'

/** A property of a component: its name without the colon of a computed one, and its value. */
interface Prop {
  key: string
  value: string
  /** The offset of the value in the page. */
  at: number
}

/** An attribute in braces: `to="/a"`, `to='/a'`, `to=/a`; or an id, `#a`. */
const ATTRIBUTE = /(?<![^\s{])(?:([\w:@.-]+)=(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'{}]+))|#([\p{L}\p{N}_:.-]+))/gu
/** A line of YAML with a value on it: `to: /a`, `  - href: "/a"`. */
const PAIR = /^[ \t-]*([\w.][\w.-]*):[ \t]+(\S.*)$/gm
/** The start of a value that is not a plain text. */
const NOT_PLAIN = /^[&*!|>[{%@`]/

/** Properties that hold URLs by convention. */
const URL_PROP = /^(?:to|href|link|url)$/
const IMAGE_PROP = /^(?:src|image|poster|light|dark)$/
/** A path on the site, as opposed to a name or a placeholder. */
const PATH = /^\.{0,2}\/(?!\/)[^\s{}<>]*$/

/** Add what the attributes in braces of a component or element say: `{to="/a" #b}`. */
export function addAttributes(page: Page, tag: string, braces: string, start: number): void {
  for (const {1: key, 2: double, 3: single, 4: bare, 5: id, index, 0: whole} of braces.matchAll(ATTRIBUTE)) {
    const end = start + index + whole.length
    if (id !== undefined) addId(page, id, end - id.length)
    else {
      const value = double ?? single ?? bare ?? ''
      addProp(page, tag, {key: key!, value, at: end - value.length - (bare === undefined ? 1 : 0)})
    }
  }
}

/** Add what the properties of a component say that stand in YAML below its first line. */
export function addYaml(page: Page, tag: string, yaml: string, start: number): void {
  for (const {1: key, 2: rest, index, 0: whole} of yaml.matchAll(PAIR)) {
    const written = rest!.trimEnd()
    if (NOT_PLAIN.test(written)) continue
    const isQuoted = /^(["']).*\1$/.test(written)
    const value = isQuoted ? written.slice(1, -1) : written
    addProp(page, tag, {
      key: key!,
      value,
      at: start + index + whole.length - rest!.length + (isQuoted ? 1 : 0),
    })
  }
}

function addProp(page: Page, tag: string, {key, value, at}: Prop): void {
  if (key === 'id') addId(page, value, at)
  else if (isPath(key, value)) {
    const span = {start: at, end: at + value.length}
    const link = {...span, url: copyString(value), target: span, kind: 'html' as const, tag: copyString(tag)}
    page.links.push({...link, prop: copyString(key), ...(IMAGE_PROP.test(key) && {image: true as const})})
  } else if (isLikeId(value)) page.componentProps.push(copyString(value))
}

/** Is a value the path of a page or image, by the name of its property? Other values of `src` may be read by code. */
const isPath = (key: string, value: string): boolean =>
  URL_PROP.test(key)
    ? PATH.test(value) || /^#[\w-]+$/.test(value)
    : IMAGE_PROP.test(key) && PATH.test(value) && isImage(value)

function addId(page: Page, id: string, start: number): void {
  if (id !== '') page.ids.push({id: copyString(id), from: 'html', start, end: start + id.length})
}
