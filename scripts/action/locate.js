/**
 * Decides where doccheck is installed: outside of the checkout, which may be the workflow's own, in a folder named by
 * what it consists of. Only a build is worth a cache.
 */
import {existsSync} from 'node:fs'
import path from 'node:path'
import {digest, isBuilt} from './checkout.js'
import {setOutputs} from './runner.js'

const hash = digest()
const folder = path.join(process.env.RUNNER_TEMP, `doccheck-${hash.slice(0, 16)}`)

/** Packages with native code differ by these. */
function system() {
  const node = `node${process.versions.node.split('.')[0]}`
  const libc = process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'other'
  return [process.platform, process.arch, ...(process.platform === 'linux' ? [libc] : []), node].join('-')
}

const isReady = isBuilt() || existsSync(path.join(folder, 'installed'))
setOutputs({folder, key: isReady ? '' : `doccheck-build-${system()}-${hash}`})
