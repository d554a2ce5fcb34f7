import {OF_MARKDOWN, WITHOUT_REFERENCES} from '../../../page/myst/names.ts'
import type {Page} from '../../../page/types.ts'
import {folderOf, folderPrefix, joinPath} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {ownValue} from '../../shared/data.ts'
import type {AnchorDoubt} from '../../types.ts'

/** The opening of a directive; its group is the name. */
const DIRECTIVE = /^[ \t>]*(?:[-*+][ \t]+)?(?:`{3,}|~{3,}|:{3,})[ \t]*\{([^}]+)\}/
/** A target: `(name)=`, or `.. _name:` in reStructuredText. */
const TARGET = /^[ \t>]*(?:[-*+][ \t]+)?(?:\((.+)\)=|\.\. _([^:]+):)$/
/** The option by which a directive is a target. */
const NAME = /^:name: (.*)$/
/** A figure in Markdown, whose argument is its name. */
const NAMED_FIGURE = /\{figure-md\} +(\S.*)$/
/** Targets in reStructuredText, in notebooks, and in Markdown outside the site. */
const OTHER_TARGETS =
  /^[ \t"]*(?:\.\. _([^:\n\r\u2028\u2029]+):[ \t]*$|:name:[ \t]*["']?([^"'\n]+)|\(([^()\n]+)\)=)/gm

/** Directives that add no headings, and no ids except their names. */
const WITHOUT_IDS =
  /^(?:toctree|code(?:-block|-cell)?|sourcecode|literalinclude|highlight|note|warning|tip|hint|important|caution|danger|error|attention|admonition|seealso|todo|image|figure(?:-md)?|list-table|csv-table|table|contents|version(?:added|changed|removed)|deprecated|tab(?:s|-set|-item|-set-code)?|grid|grid-item(?:-card)?|card(?:-carousel)?|dropdown|button-(?:link|ref)|div|container|mermaid|math|raw|parsed-literal|margin|sidebar|epigraph|pull-quote|topic|rubric|tags|index|tabularcolumns|youtube|video|image-sg|iframe|only|hlist|centered|graphviz|meta)$/

/** The directive that a line opens, by its name in lower case, as docutils finds it; and the text after the name. */
function openingIn(content: string): {name: string | undefined; argument: string} {
  const [start = '', name] = DIRECTIVE.exec(content) ?? []
  return {name: name?.toLowerCase(), argument: content.slice(start.length)}
}

/** Does a line of a page open a directive with a body that is not read, but may contain references? */
export function mayHoldReferences(content: string): boolean {
  const {name} = openingIn(content)
  return name !== undefined && !OF_MARKDOWN.test(name) && !WITHOUT_REFERENCES.test(name)
}

/** The name of the directive that a line opens, in its braces: `:::{figure-md} lamp` → `{figure-md}`. */
export function directiveIn(content: string): string | undefined {
  const {name} = openingIn(content)
  return name === undefined ? undefined : `{${name}}`
}

/** Directives for objects of programs, whose ids contain dots or the name of the object. */
const OBJECTS =
  /^(?:auto(?!summary|docsumm|section)\w+|(?:py|js|c|cpp|rst|rust|ts):\w+|function|class|method|module|data|exception)$/
/** Directives that document what is in code, under names that only the code shows, with labels in its comments. */
const READS_CODE = /^auto/
/** Directives whose ids begin with one of a few words. */
const PREFIXED: Record<string, RegExp> = {
  glossary: /^term-/,
  option: /^cmdoption-/,
  program: /^cmdoption-/,
  envvar: /^envvar-/,
  confval: /^confval-/,
  autosummary: /\./,
  bibliography: /^(?:id\d+|cite)/,
}

/** A line of a page that may add ids: `covers` tells which, if they are known. */
export function addedIds(content: string): {covers?: (fragment: string) => boolean} | undefined {
  const {name, argument} = openingIn(content)
  if (name === undefined)
    return TARGET.test(content) || NAME.test(content) || content.startsWith('{{') ? undefined : {}
  if (WITHOUT_IDS.test(name)) return
  const prefixed = ownValue(PREFIXED, name)
  if (prefixed) return {covers: (fragment) => prefixed.test(fragment)}
  if (!OBJECTS.test(name)) return {}
  const object = objectIn(argument)
  return {
    covers: (fragment) =>
      /[.:]|^_CPP/.test(fragment) || fragment === object || fragment.endsWith(`-${object}`),
  }
}

/** The file that a directive includes, if it is Markdown: ```` ```{include} notes.md ````. */
export function includedFile(content: string): string | undefined {
  const {name, argument} = openingIn(content)
  return name === 'include' ? argument.trim() || undefined : undefined
}

/** The names of a page's targets: `(name)=`, and `:name:` of directives. */
export const targetsOn = ({opaqueContent}: Page): string[] =>
  opaqueContent.flatMap((text) => {
    const [, target, inOther] = TARGET.exec(text) ?? []
    return target ?? inOther ?? NAME.exec(text)?.[1] ?? NAMED_FIGURE.exec(text)?.[1] ?? []
  })

/** The targets that a site defines. */
export interface TargetIndex {
  has(name: string): boolean
  /** The Markdown page that defines a target. */
  pageOf(name: string): string | undefined
  /** Do directives define terms, options or other things that a reference may name? */
  hasTerms(): boolean
  /** Do directives document objects under names that only code shows? */
  documentsCode(): boolean
  /** The reason why a name that is not among them may be one, for references to any target of the site. */
  whyMore(name: string): Doubt | undefined
  /** The reason why there may be more; it is only about the names of objects if only these are documented. */
  doubts(): AnchorDoubt[]
}

/** What the targets of a site are collected from. */
interface TargetSources {
  /** The prefix of the site's file paths. */
  prefix: string
  /** The texts of pages that are not Markdown. */
  others: readonly string[]
  /** Headings are targets by their text. */
  hasSectionLabels: boolean
}

/** Collect the targets of a site, when the first one is looked up. */
export function targetIndex(ctx: SiteContext & PageSource, sources: TargetSources): TargetIndex {
  const {hasSectionLabels} = sources
  let found: Targets | undefined
  const all = () => (found ??= findTargets(ctx, sources))
  return {
    has: (name) => all().names.has(nameOf(name, hasSectionLabels)),
    pageOf: (name) => all().pages.get(nameOf(name, false)),
    hasTerms: () => all().hasTerms,
    documentsCode: () => all().readsCode !== undefined,
    whyMore: (name) => {
      const {readsCode, unknown} = all()
      return readsCode === undefined
        ? unknown.map(doubtAbout).find(({covers}) => covers?.(name) ?? true)
        : doubt('more-targets', `the directive ${readsCode}`)
    },
    doubts: () => all().unknown.map((name) => doubtAbout(name)),
  }
}

/** The common form of a target's names; labels of sections may begin with the path of the page: `guide/use:Install`. */
const nameOf = (name: string, hasSectionLabels: boolean): string =>
  name
    .replace(hasSectionLabels ? /^.*:/s : '', '')
    .replace(/\s+/g, ' ')
    .toLowerCase()

interface Targets {
  names: ReadonlySet<string>
  /** The paths of the pages that define targets, by their names. */
  pages: ReadonlyMap<string, string>
  hasTerms: boolean
  /** A directive that documents code. */
  readsCode: string | undefined
  /** Directives that may define further targets: at most one for objects, and one of another kind. */
  unknown: readonly string[]
}

function doubtAbout(directive: string): AnchorDoubt {
  const cause = doubt('more-targets', `the directive ${directive}`)
  return OBJECTS.test(directive) ? {...cause, covers: (fragment) => /[.:]/.test(fragment)} : cause
}

function findTargets({tree, isPage, page}: SiteContext & PageSource, sources: TargetSources): Targets {
  const {prefix, others, hasSectionLabels} = sources
  const pages = [...tree.files]
    .filter((file) => file.startsWith(prefix) && isPage(file))
    .flatMap((file) => page(file) ?? [])
  const inOthers = others.flatMap((text) =>
    [...text.matchAll(OTHER_TARGETS)].map(([, ...names]) => names.find((name) => name !== undefined)!),
  )
  const onPages = new Map(
    pages.flatMap((each) => [
      ...targetsOn(each).map((name) => [nameOf(name, false), each.path] as const),
      // Lists of attributes make targets of the ids in them.
      ...each.ids.flatMap(({id, from}) =>
        from === 'attributes' ? [[nameOf(id, false), each.path] as const] : [],
      ),
    ]),
  )
  const labels = hasSectionLabels ? pages.flatMap(({headings}) => headings.map(({text}) => text)) : []
  const directives = [
    ...others.flatMap((text) =>
      [...text.matchAll(OTHER_DIRECTIVE)].map(([, name, argument]) => [name!.toLowerCase(), argument!]),
    ),
    ...pages.flatMap(({opaqueContent}) =>
      opaqueContent.flatMap((text) => {
        const {name, argument} = openingIn(text)
        return name === undefined ? [] : [[name, argument]]
      }),
    ),
  ]
  const unread = pages.find((each) => includesUnread(each, prefix))
  const objects = directives.filter(([name]) => OBJECTS.test(name!))
  const readsCode = directives.find(([name]) => READS_CODE.test(name!))
  const unknown = directives.find(([name]) => !isHarmless(name!) && !OBJECTS.test(name!))
  return {
    names: new Set(
      [...inOthers, ...onPages.keys(), ...labels, ...objects.map(([, argument]) => objectIn(argument!))].map(
        (name) => nameOf(name, false),
      ),
    ),
    pages: onPages,
    hasTerms: directives.some(([name]) => Object.hasOwn(PREFIXED, name!) || OBJECTS.test(name!)),
    readsCode: readsCode?.[0],
    unknown: [objects[0], unknown, unread && ['include']].flatMap((each) => each?.[0] ?? []),
  }
}

/** Does a page include a file that is neither in the folder of the site nor in one above it? */
const includesUnread = ({path, opaqueContent}: Page, prefix: string): boolean =>
  opaqueContent.some((text) => {
    const name = includedFile(text)
    if (name === undefined || /^[</]/.test(name)) return false
    const file = joinPath(folderOf(path), name)
    return !file.startsWith(prefix) && !prefix.startsWith(folderPrefix(folderOf(file)))
  })

/** A directive in reStructuredText, and its argument. */
const OTHER_DIRECTIVE = /^[ \t]*\.\. ([\w:-]+)::(.*)/gm

const isHarmless = (name: string) =>
  WITHOUT_IDS.test(name) || name === 'include' || Object.hasOwn(PREFIXED, name)

/** The object that a directive documents: ` open(path)` → `open`. */
const objectIn = (argument: string): string => argument.trim().split(/[\s(]/, 1)[0]!
