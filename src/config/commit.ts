import path from 'node:path'
import {UnreadableError, UserError} from '../errors/errors.ts'
import {isInside} from '../tree/inside.ts'
import {isPath, mentionsDoccheck, PLACES, refuseMisspelt} from './files.ts'
import {parseConfig} from './reading.ts'
import type {ConfigCommit, ConfigFiles, ConfigSource, FoundConfig} from './types.ts'

/** Configurations in a commit, independent of the working tree. */
export class CommittedFiles implements ConfigFiles {
  readonly #source: ConfigSource
  readonly #commit: ConfigCommit

  constructor(source: ConfigSource, commit: ConfigCommit) {
    this.#source = source
    this.#commit = commit
  }

  find(): Promise<FoundConfig | undefined> {
    const {file} = this.#source
    return file === undefined ? this.#search() : this.#named(file)
  }

  async extended(name: string, by: FoundConfig): Promise<FoundConfig> {
    refuseMisspelt(name, by)
    const {ref} = this.#commit
    const key = `"${name}" in "extends"`
    if (!isPath(name))
      throw new UserError(`${by.name}: ${key} is a package, but --config-from only reads files of ${ref}`)
    const place = path.resolve(path.dirname(by.file), name)
    for (const each of [place, `${place}.json`]) {
      const text = await this.text(each, by, key)
      if (text !== undefined) return this.#parse(each, text)
    }
    throw new UserError(`${by.name}: Cannot find ${key}: there is no such file in ${ref}`)
  }

  async text(place: string, by: FoundConfig, what: string): Promise<string | undefined> {
    if (isInside(this.#source.stop, place)) return this.#read(place)
    throw new UserError(
      `${by.name}: ${what} leads out of the tree, to ${place}, which ${this.#commit.ref} does not have`,
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
    if (found.config === undefined) throw new UserError(`The configuration ${found.name} is empty`)
    return found
  }

  /** Search from the current folder upwards, to the root of the tree. */
  async #search(): Promise<FoundConfig | undefined> {
    const {stop, from} = this.#source
    for (let folder = isInside(stop, from) ? from : stop; ; folder = path.dirname(folder)) {
      const found = await this.#firstIn(folder)
      if (found || folder === stop) return found
    }
  }

  async #firstIn(folder: string): Promise<FoundConfig | undefined> {
    for (const name of PLACES) {
      const place = path.join(folder, name)
      const text = (await this.#read(place)) ?? ''
      const mayHold = name === 'package.json' ? mentionsDoccheck(text) : text.trim() !== ''
      const found = mayHold ? await this.#parse(place, text) : undefined
      if (found?.config !== undefined) return found
    }
  }

  async #parse(place: string, text: string): Promise<FoundConfig> {
    const {stop, noCode} = this.#source
    const name = this.nameOf(place)
    return {config: await parseConfig(name, place, text, noCode), file: place, name, limit: stop}
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
