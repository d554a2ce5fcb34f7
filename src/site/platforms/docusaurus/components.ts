import type {Component} from '../../../page/types.ts'
import {folderPrefix, isBelow} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import {doubt} from '../../doubts.ts'
import {importedModules} from '../../shared/imported-modules.ts'
import type {DocusaurusConfig} from './config.ts'
import type {Code, LocalCode} from './local-code.ts'

/** Packages whose components and functions add no ids. */
const PACKAGES_WITHOUT_IDS =
  /^(?:(?:react(?:-dom)?|clsx|classnames|prop-types|styled-components|react-(?:player|icons|lite-youtube-embed|feather|spring|copy-to-clipboard|intersection-observer|use|tooltip)|lucide-react|lodash|prism-react-renderer|framer-motion|usehooks-ts|semver|fs|path|url)(?:\/|$)|lodash\.|@emotion\/|@fortawesome\/|node:|@docusaurus\/(?!theme-classic|plugin(?!-[\w-]+\/client))|@theme(?:-original|-init)?\/(?:Tabs|TabItem|CodeBlock|Details|Admonition|IdealImage|ThemedImage|DocCardList|DocCard|TOCInline|Mermaid|Head|Layout|Link|Icon|Translate)(?:\/|$))/
/** Modules that are no code. */
const IS_DATA = /\.(?:css|s[ac]ss|less|svg|png|jpe?g|gif|webp|json|ya?ml)$/
/** Code that makes ids which are not written out, or adds Markdown or HTML. */
const MAKES_IDS =
  /\bid=\{(?!\s*['"])|['"]?\bid['"]?\s*:(?!\s*(?:string|number)\b)|<Heading|\bHeading\b|[Mm]arkdown|MDX|[iI]nnerHTML|\.id\s*=(?!\s*(?:"[^"\n]*"|'[^'\n]*')\s*[;\n])|slug|['"]id['"]/
/** An id in an attribute, or one that code gives to an element: `id="a"`, `id={'a'}`, `script.id = 'a'`. */
const ID = /\bid=\{?\s*["']([^"']+)["']|\.id\s*=\s*["']([^"'\n]+)["']\s*[;\n]/g
/** The name of a module, which says nothing about what is used of it. */
const MODULE_NAME = /(\bfrom\s*)(?:"[^"\n]*"|'[^'\n]*')/g

/** The ids that the code of components may add to pages. */
export interface ComponentIds {
  /** Those that are written out. */
  ids: readonly string[]
  /** May there be others? */
  mayBeMore: boolean
}

const literalIds = (text: string): string[] =>
  [...text.matchAll(ID)].map(([, attribute, assigned]) => attribute ?? assigned!)

const known = new WeakMap<Code, ComponentIds>()

/** The ids that components add to pages. */
export function idsOfComponents(code: Code): ComponentIds {
  let found = known.get(code)
  if (!found) known.set(code, (found = findIds(code)))
  return found
}

const findIds = ({texts: [own = '', ...others], packages}: Code): ComponentIds => {
  const texts = [withoutOwnId(own), ...others]
  return {
    ids: texts.flatMap(literalIds),
    mayBeMore:
      texts.some((text) => MAKES_IDS.test(text.replace(MODULE_NAME, '$1'))) ||
      [...packages].some(
        (name) => !PACKAGES_WITHOUT_IDS.test(name) && !IS_DATA.test(name) && !showsNothingOf(name, texts),
      ),
  }
}

/** Where a component gives its property `id` to an element, or links to that: `id={id}`, `#${props.id}`. */
const OWN_ID = /\bid=\{(?:props\.)?id\}|#\$\{(?:props\.)?id\}/g
/** That property among the others of a component, up to its name: `function Mark({size, id})`. */
const ID_PARAMETER =
  /(\b(?:function\s+[A-Z]\w*\s*|const\s+[A-Z]\w*\s*(?::[^=;]*)?=\s*)\(\s*\{(?:[^{}()]*,)?\s*)\bid\b(?!\s*[:=])/g
const ID_TYPE = /\bid\??:\s*string\b/g
const OTHER_ID = /(?<![\w$.-])id\b/

/** Code of a component without the id that pages give to it, unless another value has that name. */
function withoutOwnId(text: string): string {
  const rest = text.replace(OWN_ID, '').replace(ID_PARAMETER, '$1').replace(ID_TYPE, '')
  return OTHER_ID.test(rest) ? text : rest
}

/** Does code use no component of a package? The names of components begin with a capital letter. */
const showsNothingOf = (name: string, texts: readonly string[]): boolean =>
  texts
    .filter((text) => text.includes(name))
    .every((text) => {
      const imports = [...importsIn(text, '')].filter(([, {from}]) => from === name)
      const rest = text.replace(IMPORT, '')
      return (
        imports.length > 0 &&
        !importedModules(rest).includes(name) &&
        imports.every(([local]) => /^[a-z]/.test(local) || !new RegExp(`\\b${local}\\b`).test(rest))
      )
    })

const IS_CODE = /\.[jt]sx?$/

/** Read the code in a site's `src`, which pages may import. */
export async function loadComponents(tree: Tree, root: string, code: LocalCode): Promise<void> {
  const source = `${folderPrefix(root)}src`
  await code.load([...tree.files].filter((file) => isBelow(file, source) && IS_CODE.test(file)))
}

/** Read the code beside the pages, and that in other folders of a site which has a folder of its own. */
export async function loadMoreComponents(
  tree: Tree,
  root: string,
  {contents}: DocusaurusConfig,
  code: LocalCode,
): Promise<void> {
  const folders = [...contents.map(({folder}) => folder), ...(root === '' ? [] : [root])]
  await code.load(
    [...tree.files].filter(
      (file) =>
        IS_CODE.test(file) && !IS_SERVED.test(file) && folders.some((folder) => isBelow(file, folder)),
    ),
  )
}

/** Code that browsers load as it is. */
const IS_SERVED = /(?:^|\/)static\//

/** The ids in swizzled theme components; records if these change the ids of headings. */
export function idsOfTheme(tree: Tree, root: string, config: DocusaurusConfig, code: LocalCode): Set<string> {
  const theme = `${folderPrefix(root)}src/theme`
  const ids = new Set<string>()
  for (const file of tree.files) {
    const text = isBelow(file, theme) ? code.textOf(file) : undefined
    if (text === undefined) continue
    for (const id of literalIds(text)) ids.add(id)
    if (replacesHeadings(file.slice(theme.length), text))
      config.otherIds ??= doubt('plugin-ids', "the theme's heading component")
  }
  return ids
}

/** Does code of the theme render headings otherwise than with the ids that they have? */
function replacesHeadings(file: string, text: string): boolean {
  const isHeading =
    /\/(?:MDXComponents\/)?Heading[./]/.test(file) ||
    (file.includes('MDXComponents') && /\bh[1-6]\s*[:(=]/.test(text))
  return isHeading && !keepsIds(text)
}

function keepsIds(text: string): boolean {
  const given = [...text.matchAll(/\bid=\{([^}]*)\}/g)].map(([, value]) => value!.trim())
  return (
    given.every((value) => /^(?:props\.)?id$/.test(value)) &&
    (given.length > 0 || /\{\s*\.\.\.\s*(?:props|rest)\s*\}/.test(text))
  )
}

/** An import of a component, and the file that contains it. */
export interface ComponentImport {
  from: string
  importer: string
}

const IMPORT = /^import\s+(?:([\w$]+)[\s,]+)?(?:\{([^{}]*)\}\s*)?from\s*['"]([^'"\n]+)['"]/gm
/** A name that an object or an import gives to another one: `Icon: SiteIcon`, `Icon as SiteIcon`. */
const RENAMED = /([\w$]+)\s*(?:\bas\b|:)\s*([\w$]+)/g

const globalImports = new WeakMap<LocalCode, ReadonlyMap<string, ComponentImport>>()

/** The import of a component on a page, or in the theme, which lets pages use it without one. */
export function importOf(
  {code, marker}: {code: LocalCode; marker: {root: string}},
  {name, from}: Component,
  importer: string,
): ComponentImport | undefined {
  if (from !== undefined) return {from, importer}
  let found = globalImports.get(code)
  if (!found) globalImports.set(code, (found = readGlobalImports(marker.root, code)))
  return found.get(name)
}

function readGlobalImports(root: string, code: LocalCode): ReadonlyMap<string, ComponentImport> {
  const importer = globalComponents(root, code)
  const text = importer === undefined ? undefined : code.textOf(importer)
  const imports = importsIn(text ?? '', importer ?? '')
  const object = (text ?? '').replace(IMPORT, '')
  for (const [, name, local] of object.matchAll(RENAMED)) {
    const found = imports.get(local!)
    if (found) imports.set(name!, found)
  }
  return imports
}

/** The imports of a file of code, by the names that they bind. */
export function importsIn(text: string, importer: string): Map<string, ComponentImport> {
  const found = new Map<string, ComponentImport>()
  for (const [, whole, named = '', from] of text.matchAll(IMPORT))
    for (const name of [whole, ...named.split(',').map((each) => each.replace(/^.*\bas\b/s, '').trim())])
      if (name) found.set(name, {from: from!, importer})
  return found
}

/** The file of the components that pages can use without an import. */
export function globalComponents(root: string, code: LocalCode): string | undefined {
  return code.fileAt(`${folderPrefix(root)}src/theme/MDXComponents`)
}
