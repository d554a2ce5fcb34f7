import {folderPrefix} from '../../../text/paths.ts'
import {globalComponents, importsIn} from './components.ts'
import type {LocalCode} from './local-code.ts'

/** The link component of the theme's object of components: `a: SiteLink`, `a(props) {`, `"a": (props) =>`. */
const LINK_COMPONENT = /(?:^|[{,\s])['"]?a['"]?\s*(?::\s*(\w+)?|\()/
/** An attribute that decides where a link leads, with its value. */
const TARGET = /\b(?:href|to)\s*=\s*(?:\{([^}]*)\}|["'])/g

/** May the theme's component for links in Markdown change where they lead? */
export function mayThemeChangeLinks(root: string, code: LocalCode): boolean {
  const own = code.fileAt(`${folderPrefix(root)}src/theme/MDXComponents/A`)
  if (own !== undefined) return !keepsTargets(code.textOf(own) ?? '')
  const importer = globalComponents(root, code)
  const text = importer === undefined ? '' : (code.textOf(importer) ?? '')
  const [found, name] = LINK_COMPONENT.exec(text) ?? []
  if (importer === undefined || found === undefined) return false
  const from = name === undefined ? undefined : importsIn(text, importer).get(name)?.from
  const file = from === undefined ? importer : code.moduleAt(from, importer)
  // A component of the theme that the site does not replace is the original one.
  if (file === undefined) return from?.startsWith('@theme') !== true
  return !keepsTargets(code.textOf(file) ?? '')
}

/** Does a component hand on the target that it gets? */
function keepsTargets(text: string): boolean {
  const given = [...text.matchAll(TARGET)].map(([, value]) => value?.trim() ?? '')
  return given.every((value) => /^(?:props\.)?(?:href|to)$/.test(value))
}
