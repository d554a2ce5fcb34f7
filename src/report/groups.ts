import type {VFileMessage} from 'vfile-message'
import {severityOf, withoutEvidence} from './finding-message.ts'
import {plural} from './numbers.ts'
import type {PageMessage} from './report.ts'

/** A part of a heading: words, or a name, perhaps with a page about it. */
export type TitlePart = string | {code: string; url?: string}

/** Findings that have one cause or one rule. */
export interface FindingGroup {
  kind: 'change' | 'target' | 'rule'
  title: readonly TitlePart[]
  /** Errors first; otherwise in the order of the report. */
  found: readonly PageMessage[]
}

const KINDS: readonly FindingGroup['kind'][] = ['change', 'target', 'rule']
const SEVERITIES = ['error', 'warning', 'info']

/**
 * Group findings by their cause in the change, by the target that several links share, or else by rule. Groups with
 * errors come first, causes before rules, larger groups before smaller ones.
 */
export function groupFindings(messages: readonly PageMessage[]): FindingGroup[] {
  const causes = new Map<string, PageMessage[]>()
  for (const item of messages) {
    const key = causeOf(item.message)
    if (key !== undefined) addTo(causes, key, item)
  }
  const groups = {
    change: new Map<string, PageMessage[]>(),
    target: new Map<string, PageMessage[]>(),
    rule: new Map<string, PageMessage[]>(),
  }
  for (const item of messages) {
    const {change, ruleId = ''} = item.message
    const key = causeOf(item.message) ?? ''
    const kind =
      change !== undefined ? 'change' : (causes.get(key)?.length ?? 0) > 1 ? 'target' : ('rule' as const)
    addTo(groups[kind], kind === 'rule' ? ruleId : key, item)
  }
  const all = KINDS.flatMap((kind) => [...groups[kind].values()].map((found) => groupOf(kind, found)))
  const isWarned = ({found: [first]}: FindingGroup) => Number(rankOf(first!) > 0)
  const rank = ({kind}: FindingGroup) => KINDS.indexOf(kind)
  return all.sort((a, b) => isWarned(a) - isWarned(b) || rank(a) - rank(b) || b.found.length - a.found.length)
}

/** `breaks 14 links in 9 files` */
export const countInGroup = ({kind, found}: FindingGroup): string =>
  `${kind === 'change' ? 'breaks ' : ''}${plural(found.length, kind === 'rule' ? 'finding' : 'link')} in ${plural(new Set(found.map(({page}) => page)).size, 'file')}`

/** The reason of a message without the change, which the heading of its group names, and without the evidence. */
export const reasonInGroup = ({change, likely, reason}: VFileMessage): string =>
  withoutEvidence({
    likely,
    reason: change === undefined ? reason : reason.replace(` (${change})`, () => ''),
  })

const rankOf = ({message}: PageMessage) => SEVERITIES.indexOf(severityOf(message))

function groupOf(kind: FindingGroup['kind'], unsorted: readonly PageMessage[]): FindingGroup {
  const found = [...unsorted].sort((a, b) => rankOf(a) - rankOf(b))
  const {message} = found[0]!
  if (kind === 'change') return {kind, title: changeTitle(message.change!), found}
  if (kind === 'target') return {kind, title: targetTitle(message, found), found}
  const {ruleId, url} = message
  const title = ruleId === undefined ? 'Other findings' : {code: ruleId, ...(url !== undefined && {url})}
  return {kind, title: [title], found}
}

function addTo(groups: Map<string, PageMessage[]>, key: string, item: PageMessage): void {
  const known = groups.get(key)
  if (known) known.push(item)
  else groups.set(key, [item])
}

/** A key for the cause that a message may share with others: a change, or a target that does not work. */
function causeOf({ruleId, target, change}: VFileMessage): string | undefined {
  if (change !== undefined) return `change ${change}`
  const {file, name = ''} = target ?? {}
  const hasCause =
    ruleId === 'no-broken-link' || ruleId === 'no-missing-anchor'
      ? file !== undefined
      : (ruleId === 'no-dead-link' || ruleId === 'no-unreachable-image') && name !== ''
  return hasCause ? JSON.stringify([ruleId, file, name]) : undefined
}

function targetTitle({ruleId, target}: VFileMessage, found: readonly PageMessage[]): TitlePart[] {
  const {file, name = ''} = target!
  if (ruleId === 'no-broken-link') return [{code: file!}, ` ${targetState(found)}`]
  return file === undefined ? [{code: name}] : [{code: file}, ' has no ', {code: `#${name}`}]
}

/** A target may exist without being published or having an index page. */
const targetState = (found: readonly PageMessage[]) =>
  found.every(({message}) =>
    /^Unexpected (?:\w+ (?:to|for) missing file|missing image) /.test(message.reason),
  )
    ? 'is missing'
    : 'cannot be reached'

/** The changes that messages name: each with words around one name or two. */
const CHANGES: readonly RegExp[] = [
  /^(.+)( was renamed to )(.+)( in this change)$/,
  /^(.+)( lost )(#.*)( in this change)$/,
  /^(.+)( is no longer at )(.+)( since this change)$/,
  /^(.+)( was deleted in this change)$/,
]

/** `docs/setup.md was renamed to docs/install.md in this change`, with its names as code. */
function changeTitle(change: string): TitlePart[] {
  for (const pattern of CHANGES) {
    const parts = pattern.exec(change)?.slice(1)
    if (parts) return parts.map((part, at) => (at % 2 === 0 ? {code: part} : part))
  }
  return [{code: change}]
}
