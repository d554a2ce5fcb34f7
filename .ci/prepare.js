// Builds the package after an install. `npm install --global git+…` hands its `--global` on to the install that should
// bring the build's tools into the clone, which then are not there: in that case they are installed here.
import {execFileSync} from 'node:child_process'
import {existsSync} from 'node:fs'

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
