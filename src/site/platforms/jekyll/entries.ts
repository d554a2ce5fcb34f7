import {type Globs, globsOf} from '../../../pattern/globs.ts'
import {folderOf, folderPrefix, nameOf} from '../../../text/paths.ts'

/** Jekyll's own `exclude`, which a site's is added to. */
const ALWAYS_EXCLUDED = [
  '.sass-cache',
  '.jekyll-cache',
  'gemfiles',
  'Gemfile',
  'Gemfile.lock',
  'node_modules',
  'vendor/bundle/',
  'vendor/cache/',
  'vendor/gems/',
  'vendor/ruby/',
]

/** Names with another meaning than that of pages and files, and backups. */
const SPECIAL = /^[_.#~]|~$/

/** The files and folders that Jekyll reads (its `entry_filter.rb`). */
export class Entries {
  readonly #include: Patterns
  readonly #exclude: Patterns
  readonly #folders = new Map<string, boolean>([['', true]])

  constructor(include: readonly string[], exclude: readonly string[]) {
    this.#include = new Patterns(include.length > 0 ? include : ['.htaccess'])
    this.#exclude = new Patterns([...exclude, ...ALWAYS_EXCLUDED].filter((each) => !include.includes(each)))
  }

  /** Does Jekyll read a file, and all folders above it? */
  reads(path: string): boolean {
    return this.readsFolder(folderOf(path)) && this.readsEntry(nameOf(path), folderOf(path), false)
  }

  /** Does Jekyll read a folder, and all folders above it? */
  readsFolder(path: string): boolean {
    let found = this.#folders.get(path)
    if (found === undefined) {
      const above = folderOf(path)
      found = this.readsFolder(above) && this.readsEntry(nameOf(path), above, true)
      this.#folders.set(path, found)
    }
    return found
  }

  /** @param entry A name, or a path in the folder of a collection. */
  readsEntry(entry: string, folder: string, isFolder: boolean): boolean {
    if (this.#include.match(entry, isFolder) || this.#include.match(nameOf(entry), isFolder)) return true
    return (
      !this.#exclude.match(folderPrefix(folder) + entry, isFolder) &&
      !SPECIAL.test(entry) &&
      !SPECIAL.test(nameOf(entry))
    )
  }
}

/** The patterns of `include` or `exclude`: each matches what begins with it, so that `doc` matches `docs/a.md`. */
class Patterns {
  readonly #starts: readonly string[]
  readonly #globs: Globs | undefined

  constructor(patterns: readonly string[]) {
    const names = patterns.map((pattern) => pattern.replace(/^\/+/, ''))
    this.#starts = names.filter(Boolean)
    // Unsupported globs match nothing.
    this.#globs = globsOf(
      names.filter((name) => /[*?[]/.test(name)),
      'jekyll',
    )
  }

  match(path: string, isFolder: boolean): boolean {
    return (
      this.#starts.some((start) => path.startsWith(start) || (isFolder && `${path}/` === start)) ||
      (this.#globs?.test(path) ?? false)
    )
  }
}
