// Builds the package after an install.
//
// `npm install --global git+…` hands its `--global` on to the install that should bring the build's tools into the
// clone. That one then links the clone into the global folder instead, and the real package is unpacked through the
// link, into a clone that is removed afterwards. So the tools are installed here, and the link gives way to a folder.
import {execFileSync} from 'node:child_process'
import {existsSync, lstatSync, mkdirSync, unlinkSync} from 'node:fs'
import path from 'node:path'

const {npm_config_global: isGlobal, npm_config_global_prefix: prefix} = process.env
const env = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^npm_config_(?:global|prefix|location|local_prefix)$/i.test(name),
  ),
)
const npm = (...words) =>
  execFileSync('npm', words, {stdio: 'inherit', env, shell: process.platform === 'win32'})

if (!existsSync('node_modules/rolldown'))
  npm('install', '--include=dev', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund')
npm('run', 'build')

if (isGlobal === 'true' && prefix) {
  const modules = process.platform === 'win32' ? 'node_modules' : path.join('lib', 'node_modules')
  const link = path.join(prefix, modules, 'doccheck-cli')
  if (lstatSync(link, {throwIfNoEntry: false})?.isSymbolicLink()) {
    unlinkSync(link)
    mkdirSync(link)
  }
}
