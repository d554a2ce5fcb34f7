// Builds the package after an install, unless it is built: npm and pre-commit prepare a git address twice.
//
// `npm install --global git+…` hands its `--global` on to the install that should bring the build's tools into the
// clone. That one instead moves the global folder of the package aside, with the dependencies already in it, and links
// the clone into its place, which is removed afterwards. So the tools are installed here, and the folder is put back.
import {execFileSync} from 'node:child_process'
import {existsSync, lstatSync, readdirSync, renameSync, statSync, unlinkSync} from 'node:fs'
import path from 'node:path'

const {npm_config_global: isGlobal, npm_config_global_prefix: prefix} = process.env
const env = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^npm_config_(?:global|prefix|location|local_prefix)$/i.test(name),
  ),
)
const npm = (...words) =>
  execFileSync('npm', words, {stdio: 'inherit', env, shell: process.platform === 'win32'})

/** When a file, or a folder or anything in it, was last changed. */
function lastChange(place) {
  const stats = statSync(place)
  const inside = stats.isDirectory()
    ? readdirSync(place).map((name) => lastChange(path.join(place, name)))
    : []
  return Math.max(stats.mtimeMs, ...inside)
}

const sources = [
  'src',
  'rules',
  'package.json',
  'package-lock.json',
  'rolldown.config.js',
  'tsconfig.build.json',
]
const isBuilt =
  existsSync('dist/main.js') && Math.max(...sources.map(lastChange)) < lastChange('dist/main.js')

if (!isBuilt) {
  if (!existsSync('node_modules/rolldown'))
    npm('install', '--include=dev', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund')
  npm('run', 'build')
}

if (isGlobal === 'true' && prefix) {
  const modules = process.platform === 'win32' ? 'node_modules' : path.join('lib', 'node_modules')
  const folder = path.join(prefix, modules)
  const link = path.join(folder, 'doccheck-cli')
  const aside = existsSync(folder) && readdirSync(folder).find((name) => name.startsWith('.doccheck-cli-'))
  if (aside && lstatSync(link, {throwIfNoEntry: false})?.isSymbolicLink()) {
    unlinkSync(link)
    renameSync(path.join(folder, aside), link)
  }
}
