import {spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'

/** The folder of doccheck's sources. */
const root = path.resolve(import.meta.dirname, '../..')

/** `my-rule` → `myRule`. @param {string} name */
export const camelCase = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())

/** `my-rule` → `MyRule`. @param {string} name */
export const pascalCase = (name) => camelCase(`-${name}`)

/** The changes to the sources that adding a part of doccheck makes: new files and edited ones. */
export class Sources {
  /** New texts, by paths relative to the root. @type {Map<string, string>} */
  #texts = new Map()

  /** @param {string} file @param {string} text */
  add(file, text) {
    if (existsSync(path.join(root, file))) throw new Error(`${file} already exists`)
    this.#texts.set(file, text)
  }

  /** @param {string} file @param {(text: string) => string} change */
  change(file, change) {
    const before = readFileSync(path.join(root, file), 'utf8')
    const after = change(before)
    if (after === before)
      throw new Error(`${file} no longer has the place to add to: scripts/new/ must follow it`)
    this.#texts.set(file, after)
  }

  /** Write all files, or none if one of them cannot be made. Then format them. */
  write() {
    for (const [file, text] of this.#texts) {
      mkdirSync(path.dirname(path.join(root, file)), {recursive: true})
      writeFileSync(path.join(root, file), text)
    }
    run('npx', [
      'biome',
      'check',
      '--write',
      ...[...this.#texts.keys()].filter((file) => file.endsWith('.ts')),
    ])
    for (const file of this.#texts.keys()) console.log(file)
  }
}

/** Run a program in the root; the process ends if it fails. @param {string} command @param {readonly string[]} args */
export function run(command, args) {
  const {status} = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status === 0) return
  console.error(`${command} ${args.join(' ')} has failed`)
  process.exit(1)
}

/** Add an import to a module; Biome sorts it. @param {string} text @param {string} line */
export const withImport = (text, line) => text.replace(/^import /m, `${line}\nimport `)

/** Add a row at the end of a Markdown table. @param {string} text @param {string} header @param {string} row */
export function withRow(text, header, row) {
  const start = text.indexOf(`${header}\n`)
  const end = text.indexOf('\n\n', start)
  return start < 0 ? text : `${text.slice(0, end)}\n${row}${text.slice(end)}`
}
