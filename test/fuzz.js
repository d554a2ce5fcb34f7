// Random pages in random sites: `npm run fuzz -- --pages 100000 --seed 1`.
//
// Every page is put together from pieces of the fixtures and of a small grammar, then damaged. The built command checks
// and repairs them in batches. A batch fails, and its folder is kept, when
//   - the command ends with another exit code than 0 or 1, prints a stack, or takes longer than two minutes;
//   - its report is not JSON, or a finding of it lies outside of its page's text;
//   - a page is unreadable, but for its bytes, its depth, or since the parser takes too long;
//   - a second `--fix` changes anything.
import {spawn} from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {parseArgs} from 'node:util'

const {values} = parseArgs({
  options: {
    pages: {type: 'string', default: '1000'},
    seed: {type: 'string', default: '1'},
    batch: {type: 'string', default: '250'},
    from: {type: 'string', default: '0'},
  },
})
const PAGES = Number(values.pages)
const BATCH = Number(values.batch)
const LONGEST_MS = 120_000
const COMMAND = path.resolve('bin/doccheck.js')
const FIXTURES = path.resolve('fixtures')

/** A generator of numbers below 1 (mulberry32), so that a seed names its pages. */
function generator(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const isPage = (name) => /\.(?:mdx?|markdown)$/.test(name)
const filesIn = (folder) =>
  readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))

/** Folders of the fixtures, each a site of its own. */
const SITES = readdirSync(FIXTURES, {withFileTypes: true})
  .filter((theme) => theme.isDirectory())
  .flatMap((theme) =>
    readdirSync(path.join(FIXTURES, theme.name), {withFileTypes: true})
      .filter((site) => site.isDirectory())
      .map((site) => path.join(FIXTURES, theme.name, site.name)),
  )
/** Blocks of the fixtures' pages. */
const BLOCKS = [
  ...new Set(
    filesIn(FIXTURES)
      .filter(isPage)
      .flatMap((file) => readFileSync(file, 'utf8').split(/\n(?=\n)/)),
  ),
]
/** What means something to one reader or another. */
const TOKENS = [
  ...'# ## - * 1. > | ``` ~~~ $$ *** --- === ` * _ ~ ^ [ ] ( ) < > { } ! : " \' \\ & ; / ? % = + @'.split(
    ' ',
  ),
  ...['\n', '\n\n', '\r\n', '\r', '\t', '    ', ' ', '\u00a0', '\u2028', '\ufeff', '\u202e', '\u001b[31m'],
  ...[
    '[a](b.md)',
    '[a](p1.md#a)',
    '![i](x.png)',
    '[a][b]',
    '[a]',
    '[b]: c.md "t"',
    '[^1]',
    '[^1]: note',
    '<a href="p2.md">',
  ],
  ...['[[p1]]', '[[p2#A|b]]', '![[p3#^x]]', '[[A|p4]]', '[[', ']]', '^x', '%%', '> [!note]- A\n'],
  ...[
    '::card{to="/p1" :b="c"}',
    ':b[x]{.y #z}',
    '@[code](./x.js)',
    '<!-- @include: ./p2.md -->',
    '{% post_link p3 %}',
    '[a](@/p4.md#a)',
    '[a]({filename}b.md)',
    '[#id]',
    '<A to="/p1" :href="`/p2`">',
  ],
  ...[
    '<!--',
    '-->',
    '<!-- lint disable no-broken-link -->',
    '<!-- lint enable -->',
    '<img srcset="a 1x, b 2x">',
  ],
  ...[
    '{{ x }}',
    '{% raw %}',
    '{% endraw %}',
    '{% link p3.md %}',
    '{{< ref "p4" >}}',
    '{{% note %}}',
    '{#id}',
    '{: #x .y }',
  ],
  ...[
    '{/* c */}',
    '<A b={c} />',
    '<B>',
    '</B>',
    "import A from './a'",
    'export const x = {',
    '[TOC]',
    '[!include[a](b.md)]',
  ],
  ...[
    '!!! note',
    '=== "Tab"',
    '???+ x "y"',
    ':::tip',
    ':::',
    '```{note}',
    '(target)=',
    '--8<-- "x.md"',
    '{{#include x.md}}',
  ],
  ...[
    '---\ntitle: x\n---\n',
    '+++\na = 1\n+++\n',
    'a: &a [*a]',
    '- [ ] x',
    '| a | b |\n| - | - |\n',
    'https://example.org/',
    'é',
    'ß',
    '漢字',
    '😀',
    '\ud800',
  ],
]

function makePage(random) {
  const below = (count) => Math.floor(random() * count)
  const pick = (list) => list[below(list.length)]
  let text = Array.from({length: 1 + below(6)}, () =>
    random() < 0.6
      ? pick(BLOCKS)
      : Array.from({length: 1 + below(12)}, () => pick(TOKENS)).join(pick(['', ' ', '\n'])),
  ).join(pick(['\n\n', '\n\n', '\n', '\r\n\r\n']))
  if (random() < 0.2) text = `---\n${pick(TOKENS)}: ${pick(TOKENS)}\ntitle: ${pick(TOKENS)}\n---\n${text}`
  for (let times = below(5); times > 0; times--) {
    const at = below(text.length + 1)
    const end = Math.min(text.length, at + below(20))
    const changed = [
      pick(TOKENS),
      '',
      text.slice(at, end).repeat(1 + below(40)),
      pick(TOKENS).repeat(1 + below(200)),
    ]
    text = text.slice(0, at) + pick(changed) + text.slice(random() < 0.5 ? at : end)
  }
  const bytes = Buffer.from(text)
  // Now and then bytes that are not text.
  if (random() < 0.01 && bytes.length > 0) bytes[below(bytes.length)] = 128 + below(128)
  return random() < 0.02 ? Buffer.concat([Buffer.from('\ufeff'.repeat(1 + below(2))), bytes]) : bytes
}

/** Run the built command. @returns its exit code (`late` when it had to be killed) and what it printed */
function doccheck(cwd, words) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [COMMAND, '--offline', '--no-config', ...words], {cwd})
    const printed = {out: [], err: []}
    child.stdout.on('data', (part) => printed.out.push(part))
    child.stderr.on('data', (part) => printed.err.push(part))
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, LONGEST_MS)
    child.on('close', (code) => {
      clearTimeout(timer)
      const [out, err] = [printed.out, printed.err].map((parts) => Buffer.concat(parts).toString())
      resolve({code: isLate ? 'late' : code, out, err})
    })
  })
}

/** Why a page may be unreadable: its bytes, its depth, or that the parser takes longer than a page may. */
const MAY_BE_UNREADABLE = /UTF-8|UTF-16|binary|too large|nested too deeply|takes longer than 10 s$/

/** What is wrong with the report of a folder. */
function faultsOf(root, {code, out, err}) {
  if (code !== 0 && code !== 1) return [`exit code ${code}: ${err.slice(0, 2000)}`]
  if (err !== '') return [`standard error: ${err.slice(0, 2000)}`]
  const faults = []
  for (const {path: name, messages} of JSON.parse(out)) {
    const text = readFileSync(path.join(root, name), 'utf8').replace(/^\ufeff/, '')
    const lines = text.split(/\r\n?|\n/)
    for (const {line, column, place, ruleId, reason} of messages) {
      if (ruleId === 'unreadable' && !MAY_BE_UNREADABLE.test(reason)) faults.push(`${name}: ${reason}`)
      const points = [{line, column}, place?.start ?? place, place?.end].filter((point) => point?.line)
      for (const point of points) {
        const isInside =
          point.line >= 1 &&
          point.line <= lines.length &&
          point.column >= 1 &&
          point.column <= lines[point.line - 1].length + 1 &&
          (point.offset ?? 0) <= text.length
        if (!isInside)
          faults.push(`${name}: ${ruleId} at ${JSON.stringify(point)}, outside of the text: ${reason}`)
      }
    }
  }
  return faults
}

const snapshot = (root) => new Map(filesIn(root).map((file) => [file, readFileSync(file).toString('latin1')]))

async function runBatch(number) {
  const random = generator(Number(values.seed) * 1_000_003 + number)
  const root = mkdtempSync(path.join(tmpdir(), 'doccheck-fuzz-'))
  const site = SITES[Math.floor(random() * SITES.length)]
  cpSync(site, root, {recursive: true})
  rmSync(path.join(root, '.doccheckrc.json'), {force: true})
  const folders = [
    root,
    ...new Set(
      filesIn(root)
        .filter(isPage)
        .map((file) => path.dirname(file)),
    ),
  ]
  for (let index = 0; index < BATCH; index++) {
    const folder = path.join(folders[Math.floor(random() * folders.length)], random() < 0.1 ? 'sub' : '')
    mkdirSync(folder, {recursive: true})
    const file = path.join(folder, `p${index}.${random() < 0.2 ? 'mdx' : 'md'}`)
    if (!existsSync(file)) writeFileSync(file, makePage(random))
  }
  const faults = faultsOf(root, await doccheck(root, ['--reporter', 'json']))
  const unsafe = random() < 0.5 ? ['--unsafe'] : []
  const fixed = await doccheck(root, ['--fix', '--reporter', 'json', ...unsafe])
  faults.push(...faultsOf(root, fixed).map((fault) => `--fix: ${fault}`))
  const once = snapshot(root)
  const again = await doccheck(root, ['--fix', '--reporter', 'json', ...unsafe])
  if (again.code !== fixed.code) faults.push(`--fix again: exit code ${again.code}, was ${fixed.code}`)
  const twice = snapshot(root)
  for (const file of new Set([...once.keys(), ...twice.keys()]))
    if (once.get(file) !== twice.get(file)) faults.push(`a second --fix changes ${path.relative(root, file)}`)
  if (faults.length === 0) rmSync(root, {recursive: true})
  else
    console.error(
      [`batch ${number} (${path.relative(FIXTURES, site)}), kept in ${root}:`, ...faults.slice(0, 10)].join(
        '\n  ',
      ),
    )
  return faults.length
}

let faults = 0
const first = Number(values.from)
const batches = Math.ceil(PAGES / BATCH)
for (let number = first; number < first + batches; number++) {
  faults += await runBatch(number)
  if (process.stderr.isTTY) process.stderr.write(`\r${(number - first + 1) * BATCH} pages`)
}
console.log(
  `${batches * BATCH} pages in ${batches} sites, seed ${values.seed}: ${faults === 0 ? 'no faults' : `${faults} faults`}`,
)
process.exitCode = faults === 0 ? 0 : 1
