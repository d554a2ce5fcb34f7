import path from 'node:path'
import {UnreadableError, UserError} from '../errors/errors.ts'
import {folderPrefix} from '../text/paths.ts'
import {isInside} from '../tree/inside.ts'
import {
  besides,
  hasKeysIn,
  isManifest,
  isPath,
  mentionsDoccheck,
  notRead,
  PLACES,
  refuseMisspelt,
  refuseUnread,
} from './files.ts'
import {KeyFault, type Mention} from './key-fault.ts'
import {readConfig} from './reading.ts'
import type {ConfigCommit, ConfigFiles, ConfigSource, FoundConfig} from './types.ts'

/** Configurations in a commit, independent of the working tree. */
export class CommittedFiles implements ConfigFiles {
  readonly #source: ConfigSource
  readonly #commit: ConfigCommit

  constructor(source: ConfigSource, commit: ConfigCommit) {
    this.#source = source
    this.#commit = commit
  }

  find(warn: (what: string) => void): Promise<FoundConfig | undefined> {
    const {file} = this.#source
    return file === undefined ? this.#search(warn) : this.#named(file)
  }

  async at(place: string): Promise<FoundConfig | undefined> {
    return this.#parse(place, (await this.#read(place)) ?? '')
  }

  async extended(name: string, by: FoundConfig): Promise<FoundConfig> {
    refuseMisspelt(name)
    const {ref} = this.#commit
    const key: Mention = {keys: ['extends'], words: `"${name}" in "extends"`}
    if (!isPath(name))
      throw new KeyFault(key.keys, `${key.words} is a package, but --config-from only reads files of ${ref}`)
    const place = path.resolve(path.dirname(by.file), name)
    for (const each of [place, `${place}.json`]) {
      const text = await this.text(each, by, key)
      const found = text === undefined ? undefined : await this.#parse(each, text)
      if (found) return found
      if (text !== undefined) throw new UserError(`The configuration ${this.nameOf(each)} is empty`)
    }
    throw new KeyFault(key.keys, `Cannot find ${key.words}: there is no such file in ${ref}`)
  }

  async text(place: string, _by: FoundConfig, {keys, words}: Mention): Promise<string | undefined> {
    if (isInside(this.#source.stop, place)) return this.#read(place)
    throw new KeyFault(
      keys,
      `${words} leads out of the tree, to ${place}, which ${this.#commit.ref} does not have`,
    )
  }

  nameOf(place: string): string {
    return `${this.#commit.ref}:${this.#pathInTree(place)}`
  }

  async #named(place: string): Promise<FoundConfig> {
    if (!isInside(this.#source.stop, place))
      throw new UserError(`--config ${place} is outside the tree, so ${this.#commit.ref} has no such file`)
    const text = await this.#read(place)
    if (text === undefined) throw new UserError(`Cannot find the configuration ${this.nameOf(place)}`)
    const found = await this.#parse(place, text)
    if (!found) throw new UserError(`The configuration ${this.nameOf(place)} is empty`)
    return found
  }

  /** Search from the current folder upwards, to the root of the tree. */
  async #search(warn: (what: string) => void): Promise<FoundConfig | undefined> {
    const {stop, from} = this.#source
    const doubtful: string[] = []
    for (let folder = isInside(stop, from) ? from : stop; ; folder = path.dirname(folder)) {
      const unread = refuseUnread(
        this.#namesIn(folder),
        this.#namesIn(path.join(folder, '.config')),
        (name) => this.nameOf(path.join(folder, name)),
      )
      doubtful.push(...unread.map((name) => path.join(folder, name)))
      const found = await this.#firstIn(folder, warn)
      if (found) return found
      if (folder === stop) break
    }
    for (const place of doubtful)
      if (hasKeysIn((await this.#read(place)) ?? '')) warn(notRead(this.nameOf(place)))
    return
  }

  #namesIn(folder: string): string[] {
    const prefix = folderPrefix(this.#pathInTree(folder))
    const below = [...this.#commit.files].filter((file) => file.startsWith(prefix))
    return below.map((file) => file.slice(prefix.length)).filter((name) => !name.includes('/'))
  }

  async #firstIn(folder: string, warn: (what: string) => void): Promise<FoundConfig | undefined> {
    let first: FoundConfig | undefined
    for (const name of PLACES) {
      const place = path.join(folder, name)
      const text = (await this.#read(place)) ?? ''
      const mayHold = isManifest(name) ? mentionsDoccheck(name, text) : text.trim() !== ''
      if (first && mayHold) warn(besides(this.nameOf(place), first.file))
      else if (mayHold) first = await this.#parse(place, text)
    }
    return first
  }

  async #parse(place: string, text: string): Promise<FoundConfig | undefined> {
    const {stop, noCode} = this.#source
    const name = this.nameOf(place)
    // No program is run: `--config-from` is an option that forbids them.
    const found = await readConfig({name, file: place, noCode}, () => text)
    return found && {...found, file: place, name, limit: stop}
  }

  async #read(place: string): Promise<string | undefined> {
    try {
      return await this.#commit.read(this.#pathInTree(place))
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error
      throw new UserError(`${this.nameOf(place)}: ${error.message}`)
    }
  }

  #pathInTree(place: string): string {
    return path.relative(this.#source.stop, place).split(path.sep).join('/')
  }
}
