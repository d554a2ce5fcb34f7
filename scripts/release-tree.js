/**
 * Writes the tree of a release: `node scripts/release-tree.js <folder>`, into a folder that is empty or missing.
 *
 * It is what `npm pack` packs, the hooks, the action and the docs, and asks for no development dependencies and no
 * script, so that npm, pre-commit and the action install it from git without building anything.
 */
import {execSync} from 'node:child_process'
import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '..')

/** Files for git, the action and readers that the npm package does not contain. */
const MORE = [
  '.pre-commit-hooks.yaml',
  'action.yml',
  'scripts/action',
  'Dockerfile',
  'docs',
  'CONTRIBUTING.md',
  'SECURITY.md',
]

const readJson = (name) => JSON.parse(readFileSync(path.join(ROOT, name), 'utf8'))

/** The names of the files that `npm pack` packs. */
function packed() {
  // Through a shell, without which Windows starts no `npm.cmd`.
  const answer = execSync('npm pack --dry-run --json --ignore-scripts --silent', {
    cwd: ROOT,
    encoding: 'utf8',
  })
  return JSON.parse(answer)[0].files.map(({path: name}) => name)
}

/** Only what users install; a lockfile keeps `npm ci` working. */
function manifests() {
  const {devDependencies, scripts, overrides, ...manifest} = readJson('package.json')
  const lock = readJson('package-lock.json')
  const {devDependencies: _, ...own} = lock.packages['']
  const packages = Object.entries(lock.packages).filter(([name, {dev}]) => name !== '' && !dev)
  return {
    'package.json': manifest,
    'package-lock.json': {...lock, packages: {'': own, ...Object.fromEntries(packages)}},
  }
}

function write(folder) {
  if (!existsSync(path.join(ROOT, 'dist/main.js'))) throw new Error('Nothing is built; run `npm run build`')
  mkdirSync(folder, {recursive: true})
  if (readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`)
  for (const name of [...packed(), ...MORE])
    cpSync(path.join(ROOT, name), path.join(folder, name), {recursive: true})
  for (const [name, content] of Object.entries(manifests()))
    writeFileSync(path.join(folder, name), `${JSON.stringify(content, null, 2)}\n`)
}

const [folder, ...rest] = process.argv.slice(2)
if (!folder || rest.length > 0) {
  console.error('Usage: node scripts/release-tree.js <folder>')
  process.exit(2)
}
try {
  write(path.resolve(folder))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
