// Breaks links of a copy of a docs tree, and counts how many of the breaks doccheck finds.
//
//   npm run bench:planted -- path/to/docs another/tree
//   options: --most 100      breaks in all
//            --rounds 20     each breaks a few other links of the intact copy; at most so many
//            --seed 1
//            --build folder  another build of doccheck; default: this one
//            --json          with every break and its verdict
//
// A break is a name that nothing is like, a name with a letter too many or too few, or a page that is removed while the
// links to it stay. Links are chosen that work today. doccheck's own verdict must not decide alone which these are, or
// a link that it never judges would not count: a link also works if its text and the names of the tree's files show
// where it leads, and `resolved` tells the breaks of links that doccheck was certain of. Breaks are spread thinly, since
// real docs are mostly intact: in a round at most one in 50 of all distinct targets, one in 20 of those of a section, and
// three on a page.
import {lstat, readFile} from 'node:fs/promises'
import path from 'node:path'
import {parseArgs} from 'node:util'
import {chooseBreaks} from './planted/breaks.js'
import {Copy} from './planted/copy.js'
import {KINDS, workingLinks} from './planted/links.js'
import {repositoryOf} from './planted/repository.js'
import {Targets} from './planted/targets.js'
import {alarms, factsOf, findingAt, findingsOf, isLikely, whyNot} from './planted/verdicts.js'

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    build: {type: 'string', default: path.resolve(import.meta.dirname, '..')},
    json: {type: 'boolean', default: false},
    most: {type: 'string', default: '100'},
    rounds: {type: 'string', default: '20'},
    seed: {type: 'string', default: '1'},
  },
})
const build = path.resolve(values.build)
/** Configuration files, in which the URL of a site stands. */
const CONFIGURATION =
  /^(?:[^/]+\/){0,3}(?:[^/]*config[^/]*|mkdocs\.ya?ml|package\.json|docs\.json|mint\.json|book\.toml)$/i
const OWN_URL =
  /(?:site|url|base_?url|site_?url|homepage|hostname|domain)["']?\s*[:=]\s*["']?https?:\/\/([\w.-]+)/gi

/** The hosts that a tree's configuration names as its own. */
async function hostsOf(tree) {
  const hosts = new Set()
  for (const file of tree.files) {
    const isName = /(?:^|\/)CNAME$/.test(file)
    if ((!isName && !CONFIGURATION.test(file)) || file.includes('node_modules/')) continue
    const text = await tree.read(file).catch(() => '')
    if (isName) hosts.add(text.trim())
    else for (const [, host] of text.matchAll(OWN_URL)) hosts.add(host)
  }
  return hosts
}

/** The folders with versions of docs that Docusaurus does not publish, since the list of versions lacks them. */
async function unlistedVersions(tree) {
  const found = new Set()
  for (const file of tree.files) {
    const [, folder, version] = /^(.*?versioned_docs\/version-([^/]+)\/)/.exec(file) ?? []
    if (folder === undefined) continue
    const list = `${folder.replace(/versioned_docs\/.*$/, '')}versions.json`
    const listed = tree.files.has(list) ? JSON.parse(await tree.read(list)) : []
    if (!listed.includes(version)) found.add(folder)
  }
  return [...found]
}

/** Is a file a symlink? Its text is another file's, where its findings stand. */
const isAnotherName = async (folder, file) =>
  (await lstat(path.join(folder, file)).catch(() => undefined))?.isSymbolicLink() ?? false

async function measure(folder) {
  const {diskTree} = await import(path.join(build, 'dist/internals.js'))
  const tree = await diskTree(folder)
  const copy = new Copy(folder, tree.files)
  const before = findingsOf(build, copy.root)
  const files = [...before.keys()]
  const pages = await factsOf(build, copy.root, files)
  const unlisted = await unlistedVersions(tree)
  for (const file of pages.keys())
    if (unlisted.some((version) => file.startsWith(version)) || (await isAnotherName(folder, file)))
      pages.delete(file)
  const targets = new Targets(tree.files, await hostsOf(tree))
  const isReported = (file, offset) => findingAt(before.get(file), offset) !== undefined
  const {links, suspects} = workingLinks(pages, {
    targets,
    repository: repositoryOf(folder),
    reported: isReported,
  })
  const result = {
    tree: path.basename(folder),
    pages: pages.size,
    links: links.length,
    breaks: [],
    alarms: [],
    suspects,
  }
  const used = new Set()
  for (let round = 0; round < Number(values.rounds); round++) {
    const most = Number(values.most) - result.breaks.length
    if (most <= 0) break
    const left = links.filter((link) => !used.has(link))
    const chosen = chooseBreaks(
      {links: left, all: links, files: tree.files, targets},
      {most, seed: Number(values.seed) + round},
    )
    if (chosen.edits.length + chosen.removed.size === 0) break
    for (const {link} of chosen.edits) used.add(link)
    for (const link of [...chosen.removed.values()].flat()) used.add(link)
    await judge(copy, chosen, {before, files, result})
    copy.reset()
  }
  return result
}

/** Make the breaks of one round, and add the verdict on each to the result. */
async function judge(copy, chosen, {before, files, result}) {
  const placeOf = copy.plant(chosen)
  const after = findingsOf(build, copy.root)
  let facts
  const planted = new Set()
  const removed = [...chosen.removed.values()]
    .flat()
    .map((link) => ({link, way: 'removed', broken: link.url}))
  for (const {link, way, broken} of [...chosen.edits, ...removed]) {
    const offset = placeOf(link.file, link.start)
    const {file, kind, url, isResolved} = link
    const finding = findingAt(after.get(file), offset)
    if (finding) planted.add(finding)
    else facts ??= await factsOf(build, copy.root, files)
    const verdict = finding
      ? {verdict: isLikely(finding) ? 'likely' : 'certain'}
      : whyNot(file, offset, facts)
    const line = (await readFile(path.join(copy.root, file), 'utf8')).slice(0, offset).split('\n').length
    result.breaks.push({file, line, kind, way, url, broken, isResolved, ...verdict})
  }
  result.alarms.push(...alarms(before, after, planted, chosen.removed.keys()))
}

const percent = (part, whole) => (whole === 0 ? '' : `${Math.round((100 * part) / whole)} %`)

function row(title, breaks) {
  const count = (wanted) => breaks.filter(({verdict}) => verdict === wanted).length
  const found = ({verdict}) => verdict === 'certain' || verdict === 'likely'
  const resolved = breaks.filter(({isResolved}) => isResolved)
  return `| ${[
    title,
    breaks.length,
    ...['certain', 'likely', 'not judged', 'missed'].map(count),
    percent(breaks.filter(found).length, breaks.length),
    percent(resolved.filter(found).length, resolved.length),
  ].join(' | ')} |`
}

function print({tree, pages, links, breaks, alarms: alarmed, suspects}) {
  console.log(`\n${tree}: ${pages} pages, ${links} links that work, ${breaks.length} broken\n`)
  console.log('| kind | planted | certain | likely | not judged | missed | found | found of resolved |')
  console.log('| --- | --: | --: | --: | --: | --: | --: | --: |')
  for (const kind of KINDS) {
    const own = breaks.filter((each) => each.kind === kind)
    if (own.length > 0) console.log(row(kind, own))
  }
  for (const way of ['unlike', 'typo', 'removed'])
    console.log(
      row(
        `*${way}*`,
        breaks.filter((each) => each.way === way),
      ),
    )
  console.log(row('**all**', breaks))
  const reasons = new Map()
  for (const {verdict, reason, kind} of breaks) {
    if (reason === undefined) continue
    const key = `${verdict}: ${reason}`
    if (!reasons.has(key)) reasons.set(key, {count: 0, kinds: new Set()})
    reasons.get(key).count++
    reasons.get(key).kinds.add(kind)
  }
  if (reasons.size > 0) console.log('')
  for (const [key, {count, kinds}] of [...reasons].sort((a, b) => b[1].count - a[1].count))
    console.log(`- ${count} ${key} (${[...kinds].join(', ')})`)
  if (suspects.length > 0) console.log(`\n${suspects.length} links that seem to work were reported before`)
  for (const {file, line, rule, message} of alarmed)
    console.log(`false alarm: ${file}:${line} ${rule} ${message}`)
}

if (positionals.length === 0) {
  console.error('Usage: npm run bench:planted -- <tree..>')
  process.exitCode = 2
}
const results = []
for (const folder of positionals) {
  const result = await measure(path.resolve(folder))
  if (values.json) results.push(result)
  else print(result)
}
if (values.json) console.log(JSON.stringify(results, undefined, 1))
