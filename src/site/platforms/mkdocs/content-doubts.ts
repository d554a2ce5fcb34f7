import type {Page} from '../../../page/types.ts'
import {lettersOf} from '../../../text/nearest.ts'
import {trimEnd} from '../../../text/trim.ts'
import {doubt} from '../../doubts.ts'
import {mayAddIds, uncertainId} from '../../shared/anchors.ts'
import {headingOf} from '../../shared/headings.ts'
import type {AnchorDoubt} from '../../types.ts'
import type {MkdocsConfig} from './config.ts'
import {coversIdsOf} from './heading-doubts.ts'
import {isComment, isIndentedBlock} from './syntax.ts'

/** The doubts about ids that a page's opaque content may add, each about these ids only, if they are known. */
export function doubtsAboutContent({opaqueContent}: Page, config: MkdocsConfig): AnchorDoubt[] {
  const rendersTemplates = config.rendersTemplates && !showsTemplate(opaqueContent)
  const known = {...config, rendersTemplates}
  return [
    ...doubtsAboutComments(opaqueContent.filter(isComment), config),
    ...opaqueContent.flatMap((content) => doubtAbout(content, known) ?? []),
  ]
}

/** The ids that comments name are likely those that a hook adds where it replaces them: `<!-- md:setting lamps -->`. */
function doubtsAboutComments(comments: readonly string[], {idDoubts}: MkdocsConfig): AnchorDoubt[] {
  const ofHook = idDoubts.find(({reason}) => reason === 'plugin-ids')
  if (!ofHook || comments.length === 0) return []
  const named = lettersOf(comments.join(' '))
  return [{...doubt('template-ids', ofHook.about), covers: (fragment) => named.includes(lettersOf(fragment))}]
}

/** Is a template of a theme shown on a page? Jinja would put another page in its place if it rendered what extends one. */
const showsTemplate = (opaqueContent: readonly string[]): boolean =>
  opaqueContent.some((content) => /^\{%-?\s*extends\b/.test(content))

/** Template code that adds no ids but those in the text around it, and pictures. */
const WITHOUT_IDS =
  /^\{%-?\s*(?:raw|if|elif|else|set|do|import|from|macro|autoescape|end\w+)\b|^\{%-?\s*include\s+["'][^"'{}]*\.svg["']/

function doubtAbout(content: string, config: MkdocsConfig): AnchorDoubt | undefined {
  if (isIndentedBlock(content) || isComment(content)) return
  if (/^\{[{%]/.test(content))
    return config.rendersTemplates && !WITHOUT_IDS.test(content) ? mayAddIds(content) : undefined
  const object = /^(?:#{1,6} *)?::: ?([\w.]+)/.exec(content)?.[1]
  if (object !== undefined) return {...mayAddIds(content), covers: isOfObject(object)}
  // It is a heading unless it stands in code.
  if (content.startsWith('#')) return doubtAboutHeading(trimEnd(content.replace(/^#+/, ''), ' \t#'), config)
  const ids = idsIn(content)
  return {...doubt('content-ids', 'indented content'), covers: (fragment) => ids.has(fragment)}
}

function doubtAboutHeading(source: string, config: MkdocsConfig): AnchorDoubt {
  const own = idsIn(source)
  // Without markup, and without the attributes at its end.
  const text = source.replace(/\{[^{}]*\}$/, '').trim()
  const plain = text.replace(/\[([^[\]]*)\]\([^()]*\)/g, '$1')
  const covers = coversIdsOf([[text], [plain]], config)
  return {
    ...uncertainId(headingOf(text)),
    covers: (fragment) => own.has(fragment) || covers(fragment),
  }
}

/** The ids written in HTML and in attribute lists. */
const idsIn = (source: string): ReadonlySet<string> =>
  new Set(
    [...source.matchAll(/\b(?:id|name)=["']?([^\s"'>}]+)|\{:? ?[^{}#]*#([^\s{}]+)/g)].map(
      ([, attribute, listed]) => (attribute ?? listed)!,
    ),
  )

/** The ids of a Python object's documentation: those of its members, and of objects that are shown as such. */
const isOfObject = (object: string) => {
  const top = object.split('.', 1)[0]!
  // mkdocs-click makes headings of the commands.
  if (object === 'mkdocs-click' || object === 'mkdocs') return () => true
  return (fragment: string) => fragment.includes('.') || fragment === top || fragment.startsWith(`${top}--`)
}
