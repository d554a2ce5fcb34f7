// Compares doccheck with its peers, side by side in one run: whole processes, cold, offline, all local rules on.
//
//   npm run bench                   a generated tree of 3,000 files and 30 MB, and one of five files
//   npm run bench -- path/to/docs   a tree of your own
//   options: --runs 5, --only rumdl,doccheck
//
// The peers are installed into a temporary folder from the npm registry. Timings on shared machines drift: read the
// ratios, which come from runs in turn.
import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {parseArgs} from 'node:util'
import {generate, median, run} from './timing.js'

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {runs: {type: 'string', default: '5'}, only: {type: 'string'}},
})
const work = mkdtempSync(path.join(tmpdir(), 'doccheck-bench-'))
process.on('exit', () => rmSync(work, {recursive: true, force: true}))

const PEERS = {
  rumdl: '0.2.75',
  'markdownlint-cli2': '0.22.0',
  'markdownlint-rule-relative-links': '4.2.0',
  'remark-cli': '12.0.1',
  'remark-gfm': '4.0.1',
  'remark-frontmatter': '5.0.0',
  'remark-validate-links': '13.1.0',
  'remark-lint-no-undefined-references': '5.0.2',
}
const peers = path.join(work, 'peers')
mkdirSync(peers)
writeFileSync(path.join(peers, 'package.json'), '{"private": true}')
const wanted = Object.entries(PEERS).map(([name, version]) => `${name}@${version}`)
execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', peers, ...wanted], {stdio: 'ignore'})
const bin = (name) => path.join(peers, 'node_modules', '.bin', name)
const rc = path.join(work, '.remarkrc.json')
writeFileSync(
  rc,
  JSON.stringify({
    plugins: [
      'remark-frontmatter',
      'remark-gfm',
      ['remark-validate-links', {repository: false}],
      'remark-lint-no-undefined-references',
    ].map((plugin) =>
      Array.isArray(plugin)
        ? [path.join(peers, 'node_modules', plugin[0], 'index.js'), plugin[1]]
        : path.join(peers, 'node_modules', plugin, 'index.js'),
    ),
  }),
)
const lint = path.join(work, '.markdownlint-cli2.jsonc')
writeFileSync(
  lint,
  JSON.stringify({
    config: {default: false, MD051: true, MD052: true, MD053: true, 'relative-links': true},
    customRules: [
      path.join(peers, 'node_modules', 'markdownlint-rule-relative-links', 'src', 'index.js'),
    ].filter(existsSync),
    noBanner: true,
    noProgress: true,
  }),
)

const TOOLS = {
  node: ['node', '-e', '0'],
  doccheck: ['node', path.resolve('bin/doccheck.js'), '--offline', '--no-config'],
  rumdl: [bin('rumdl'), 'check', '--no-config', '--no-cache', '--enable', 'MD051,MD052,MD053,MD057', '.'],
  'markdownlint-cli2': [bin('markdownlint-cli2'), '--config', lint, '**/*.md'],
  'remark-cli': [bin('remark'), '.', '--quiet', '--no-config', '--rc-path', rc],
}

async function compare(title, cwd, against, runs) {
  const names = Object.keys(TOOLS).filter(
    (name) => !values.only || values.only.split(',').includes(name) || name === against,
  )
  const results = Object.fromEntries(names.map((name) => [name, []]))
  // A run that is not counted warms the disk's cache; of slow tools it is the only one, nothing hangs on their tenths.
  for (const name of names) {
    const first = await run(TOOLS[name], cwd)
    if (first.seconds > 10) results[name].push(first)
  }
  for (let turn = 0; turn < runs; turn++)
    for (const name of names)
      if (!(results[name][0]?.seconds > 10)) results[name].push(await run(TOOLS[name], cwd))
  const base = median(results[against].map(({seconds}) => seconds))
  console.log(`\n${title}\n\n| tool | wall, s | of ${against} | peak, MB |\n| --- | --: | --: | --: |`)
  for (const name of names) {
    const seconds = median(results[name].map((result) => result.seconds))
    const mb = Math.max(...results[name].map((result) => result.mb))
    console.log(`| ${name} | ${seconds.toFixed(3)} | ${(seconds / base).toFixed(2)} | ${mb || '?'} |`)
  }
}

const runs = Number(values.runs)
if (positionals[0]) await compare(positionals[0], path.resolve(positionals[0]), 'rumdl', runs)
else {
  const large = path.join(work, 'large')
  generate(large, 3000, 10_000)
  await compare('3,000 files, 30 MB', large, 'rumdl', runs)
}
const small = path.join(work, 'small')
generate(small, 5, 600)
await compare('five small files', small, 'node', runs * 3)
