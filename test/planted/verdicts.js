// What a build of doccheck says about a tree, and about each planted break.
import {spawnSync} from 'node:child_process'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {stemOf} from './targets.js'

const RULES = new Set(['no-broken-link', 'no-missing-anchor'])

/** The findings that a user sees, by the path of their page; pages without any are included. */
export function findingsOf(build, root) {
  const words = ['--offline', '--no-config', '--reporter', 'json']
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    [path.join(build, 'bin/doccheck.js'), ...words],
    {cwd: root, encoding: 'utf8', maxBuffer: 2 ** 30},
  )
  if (status !== 0 && status !== 1) throw new Error(`doccheck failed on ${root}: ${stderr}`)
  return new Map(JSON.parse(stdout).map((file) => [file.path, file.messages]))
}

/** The facts of pages, and the functions that answer questions about their links. */
export async function factsOf(build, root, files) {
  const {builtIn, check, diskTree} = await import(pathToFileURL(path.join(build, 'dist/internals.js')).href)
  const tree = await diskTree(root)
  const rules = [...builtIn.values()]
    .filter(({name}) => RULES.has(name))
    .map((rule) => ({rule, severity: 'error', options: rule.options}))
  const {pages, view} = await check({
    tree,
    files: files.filter((file) => tree.files.has(file)),
    rulesFor: () => rules,
  })
  const facts = new Map()
  for (const {path: file, page} of pages)
    if (page) facts.set(file, {page, source: await tree.read(file), ...questions(page, view)})
  return facts
}

/** The view of a page is made when it is needed, as doccheck keeps only the latest one. */
const questions = (page, view) => ({
  resolve: (link) => view(page).resolve(link),
  anchorsOf: (...words) => view(page).anchorsOf(...words),
  urls: () => view(page).urlsOf(page.path),
})

/** Is a finding likely rather than certain? */
export const isLikely = ({likely, reason, fatal}) =>
  likely !== undefined || !fatal || /\blikely\b/.test(reason)

/** The finding that begins at an offset. */
export const findingAt = (messages, offset) =>
  messages?.find(({ruleId, place}) => RULES.has(ruleId) && Math.abs(place.start.offset - offset) < 2)

/** The verdict on a break without a finding, `not judged` or `missed`, with the reason. */
export function whyNot(file, offset, facts) {
  const from = facts.get(file)
  const link = from?.page.links.find(({target}) => target.start === offset)
  if (!link) return {verdict: 'missed', reason: 'not read as a link'}
  const found = from.resolve(link)
  if (found.to === 'unknown') return {verdict: 'not judged', reason: reasonOf(found) + testOf(found)}
  if (found.to !== 'page' || !found.fragment)
    return {verdict: 'missed', reason: found.to + (found.why ? `: ${found.why}` : '')}
  const anchors = from.anchorsOf(found.path, found.published)
  const doubts = anchors?.doubts?.filter(({covers}) => covers?.(found.fragment) ?? true)
  const doubt = anchors?.incompleteBecause ?? doubts?.map(reasonOf).join('; ')
  return doubt
    ? {verdict: 'not judged', reason: `anchors: ${doubt}`}
    : {verdict: 'missed', reason: anchors ? 'anchor is there' : 'anchors are not read'}
}

/** Without a target that is missing if the doubt is wrong, no evidence counts. */
const testOf = ({doubt, otherwise}) => (doubt ? (otherwise ? ' (not refuted)' : ' (not tested)') : '')

const reasonOf = ({why, doubt, reason, about}) =>
  doubt ? reasonOf(doubt) : (why ?? (about === undefined ? reason : `${reason} ${about}`))

/** Findings that were not there before and are about no planted break: false alarms. */
export function alarms(before, after, planted, removed) {
  const gone = new Set([...removed].map((file) => lastOf(file)))
  const found = []
  for (const [file, messages] of after) {
    const known = new Map()
    for (const message of before.get(file) ?? [])
      known.set(keyOf(message), (known.get(keyOf(message)) ?? 0) + 1)
    for (const message of messages) {
      const left = known.get(keyOf(message)) ?? 0
      known.set(keyOf(message), left - 1)
      if (left > 0 || planted.has(message)) continue
      if (message.target?.file !== undefined && gone.has(lastOf(message.target.file))) continue
      found.push({file, line: message.line, rule: message.ruleId, message: message.reason})
    }
  }
  return found
}

const keyOf = ({ruleId, target, reason}) => `${ruleId} ${target ? JSON.stringify(target) : reason}`
const lastOf = (file) => stemOf(file).replace(/\/$/, '').split('/').pop()
