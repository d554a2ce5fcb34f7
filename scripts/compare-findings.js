/**
 * Compares the findings of two builds: `node scripts/compare-findings.js <folder of the other build> [trees..]`.
 *
 * All rules that ask nothing of the network run over each tree and over each folder of `fixtures/`. Findings are compared
 * by rule, place, target and edits, not by their words. Exits with 1 where anything differs.
 */
import {spawnSync} from 'node:child_process'
import {readdirSync} from 'node:fs'
import path from 'node:path'
import {pathToFileURL} from 'node:url'

const own = path.resolve(import.meta.dirname, '..')
const PAGE = /\.(?:mdx?|markdown|mdown|mkdn|mkd|mkdown)$/i

/** Each finding of one build on a line, without its message. */
async function list(build, tree) {
  const {builtIn, check, diskTree} = await import(pathToFileURL(path.join(build, 'dist/internals.js')).href)
  const files = await diskTree(tree)
  const rules = [...builtIn.values()]
    .filter(({needs}) => needs !== 'remote')
    .map((rule) => ({rule, severity: 'error', options: rule.options}))
  const {pages} = await check({
    tree: files,
    files: [...files.files].filter((file) => PAGE.test(file)).sort(),
    rulesFor: () => rules,
  })
  for (const {path: file, findings} of pages)
    for (const {rule, start, end, target, expected, fix} of findings)
      console.log(JSON.stringify([file, rule, start, end, target, expected, fix?.safe, fix?.edits]))
}

/** Run a build over a tree in a separate process. */
function findingsOf(build, tree) {
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    [import.meta.filename, '--list', build, tree],
    {encoding: 'utf8', maxBuffer: 2 ** 30},
  )
  if (status !== 0) throw new Error(`${build} on ${tree}: ${stderr}`)
  return stdout.split('\n').filter(Boolean)
}

/** The entries of a list that another one lacks; of equal entries, only the surplus. */
function without(list, other) {
  const left = new Map()
  for (const entry of other) left.set(entry, (left.get(entry) ?? 0) + 1)
  return list.filter((entry) => {
    const count = left.get(entry) ?? 0
    left.set(entry, count - 1)
    return count <= 0
  })
}

function compare(other, trees) {
  let differs = false
  for (const tree of trees) {
    const [before, after] = [findingsOf(other, tree), findingsOf(own, tree)]
    const [lost, added] = [without(before, after), without(after, before)]
    differs ||= lost.length + added.length > 0
    console.log(
      `${tree}: ${before.length} and ${after.length} findings, ${lost.length} lost, ${added.length} new`,
    )
    for (const entry of lost) console.log(`  - ${entry}`)
    for (const entry of added) console.log(`  + ${entry}`)
  }
  process.exitCode = differs ? 1 : 0
}

const [first, ...rest] = process.argv.slice(2)
if (first === '--list') await list(...rest)
else if (first === undefined) {
  console.error('Usage: node scripts/compare-findings.js <folder of the other build> [trees..]')
  process.exitCode = 2
} else {
  const fixtures = path.join(own, 'fixtures')
  const folders = readdirSync(fixtures, {withFileTypes: true}).filter((entry) => entry.isDirectory())
  compare(path.resolve(first), [
    ...folders.map(({name}) => path.join(fixtures, name)),
    ...rest.map((tree) => path.resolve(tree)),
  ])
}
