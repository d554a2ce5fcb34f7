// Compares the check of a change with a full check, side by side in one run: whole processes, cold, offline.
//
//   npm run bench:change              a generated tree of 3,000 files and 30 MB
//   npm run bench:change -- a/clone   a repository of your own, whose work tree is clean: five of its pages are changed
//   options: --runs 9
import {execFileSync} from 'node:child_process'
import {appendFileSync, cpSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {setTimeout} from 'node:timers/promises'
import {parseArgs} from 'node:util'
import {generate, median, run} from './timing.js'

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {runs: {type: 'string', default: '9'}},
})
const work = mkdtempSync(path.join(tmpdir(), 'doccheck-bench-'))
process.on('exit', () => rmSync(work, {recursive: true, force: true}))
const tree = path.join(work, 'tree')
const git = (...words) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words], {
    cwd: tree,
    encoding: 'utf8',
    maxBuffer: 1e8,
  })
if (positionals[0]) cpSync(path.resolve(positionals[0]), tree, {recursive: true})
else {
  generate(tree, 3000, 10_000)
  execFileSync('git', ['init', '-q', '-b', 'main', tree])
  git('add', '--all')
  git('commit', '-q', '-m', 'before')
}
// Of the files that git lists, every so many, one of them renamed.
const pages = git('ls-files', '-z', '*.md').split('\0').filter(Boolean)
const chosen = [0, 1, 2, 3, 4].map((part) => pages[Math.floor((pages.length * part) / 5)])
for (const page of chosen)
  appendFileSync(path.join(tree, page), '\nOne more line, with a [link](nowhere.md).\n')
git('mv', chosen[0], chosen[0].replace(/\.md$/, '-renamed.md'))
git('add', '--all')
// In a repository that somebody works in, most files are older than the index; git need not read those again.
await setTimeout(1100)
git('update-index', '-q', '--really-refresh')

const doccheck = ['node', path.resolve('bin/doccheck.js'), '--offline', '--no-config']
const MODES = {
  'all files': doccheck,
  '--staged, five files': [...doccheck, '--staged'],
  '--since, five files': [...doccheck, '--since', 'HEAD'],
}
const results = Object.fromEntries(Object.keys(MODES).map((name) => [name, []]))
// The first turn warms the disk's cache and is not counted.
for (let turn = 0; turn <= Number(values.runs); turn++)
  for (const [name, command] of Object.entries(MODES)) {
    const result = await run(command, tree)
    if (turn > 0) results[name].push(result)
  }
const base = median(results['all files'].map(({seconds}) => seconds))
console.log(
  `${pages.length} files\n\n| check | wall, s | of all files | peak, MB |\n| --- | --: | --: | --: |`,
)
for (const [name, found] of Object.entries(results)) {
  const seconds = median(found.map((result) => result.seconds))
  const mb = Math.max(...found.map((result) => result.mb))
  console.log(`| ${name} | ${seconds.toFixed(3)} | ${(seconds / base).toFixed(2)} | ${mb || '?'} |`)
}
