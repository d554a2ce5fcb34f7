/** Copies the checkout to a folder of its own, where no `.npmrc` of the workflow's checkout counts, and installs it there. */
import {execSync} from 'node:child_process'
import {copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {CHECKOUT, isBuilt, sources} from './checkout.js'
import {setOutputs} from './runner.js'

const folder = process.env.FOLDER
const mark = path.join(folder, 'installed')
// Through a shell, without which Windows starts no `npm.cmd`.
const run = (command) => execSync(command, {cwd: folder, stdio: 'inherit'})
const QUIET = '--ignore-scripts --no-audit --no-fund'

if (!existsSync(mark)) {
  rmSync(folder, {recursive: true, force: true})
  for (const name of sources()) {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), {recursive: true})
    copyFileSync(path.join(CHECKOUT, name), file)
  }
  if (isBuilt()) run(`npm ci --omit=dev ${QUIET}`)
  else {
    run(`npm ci --include=dev ${QUIET}`)
    run('npm exec --no -- rolldown --config')
    run(`npm prune --omit=dev ${QUIET}`)
    setOutputs({built: 'true'})
  }
  writeFileSync(mark, '')
}
