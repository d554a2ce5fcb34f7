import {createHash} from 'node:crypto'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'

/** The checkout of the action, at the ref that a workflow names. */
export const CHECKOUT = process.env.ACTION

/** Whether the checkout is built, as those of releases are. */
export const isBuilt = () => existsSync(path.join(CHECKOUT, 'dist', 'main.js'))

/** Files that doccheck needs neither to be built nor to run. */
const UNNEEDED = new Set(['.git', '.github', 'node_modules', 'docs', 'fixtures', 'test'])

/** The files of the checkout that doccheck consists of, as relative paths with slashes. */
export function sources(folder = '') {
  return readdirSync(path.join(CHECKOUT, folder), {withFileTypes: true}).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name)
    if (entry.isDirectory()) return UNNEEDED.has(name) ? [] : sources(name)
    return entry.isFile() ? [name] : []
  })
}

/** By content, since a branch or tag moves while its name stays. */
export function digest() {
  const hash = createHash('sha256')
  for (const name of sources().sort()) {
    const content = readFileSync(path.join(CHECKOUT, name))
    hash.update(`${name}\n${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}
