import path from 'node:path'
import {UnreadableError, UserError} from '../errors/errors.ts'
import {isInside} from '../tree/inside.ts'
import {isPath, mentionsDoccheck, PLACES, refuseMisspelt} from './files.ts'
import {parseConfig} from './reading.ts'
import type {ConfigCommit, ConfigFiles, ConfigSource, FoundConfig} from './types.ts'

/** Configurations of a commit, whatever is in the folder. */
export function committedFiles(
  {from, stop: root, file, noCode}: ConfigSource,
  {ref, read: readText}: ConfigCommit,
): ConfigFiles {
  const inTree = (place: string) => path.relative(root, place).split(path.sep).join('/')
  const nameOf = (place: string) => `${ref}:${inTree(place)}`
  const read = async (place: string) => {
    try {
      return await readText(inTree(place))
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error
      throw new UserError(`${nameOf(place)}: ${error.message}`)
    }
  }
  const parse = async (place: string, text: string): Promise<FoundConfig> => ({
    config: await parseConfig(nameOf(place), place, text, noCode),
    file: place,
    name: nameOf(place),
    limit: root,
  })
  const named = async (place: string): Promise<FoundConfig> => {
    if (!isInside(root, place))
      throw new UserError(`--config ${place} lies outside of the tree: ${ref} has no such file`)
    const text = await read(place)
    if (text === undefined) throw new UserError(`There is no configuration file ${nameOf(place)}`)
    const found = await parse(place, text)
    if (found.config === undefined) throw new UserError(`${found.name} is empty, expected a configuration`)
    return found
  }
  const search = async (): Promise<FoundConfig | undefined> => {
    for (let folder = isInside(root, from) ? from : root; ; folder = path.dirname(folder)) {
      for (const name of PLACES) {
        const place = path.join(folder, name)
        const text = await read(place)
        if (text === undefined || text.trim() === '' || (name === 'package.json' && !mentionsDoccheck(text)))
          continue
        const found = await parse(place, text)
        if (found.config !== undefined) return found
      }
      if (folder === root) return
    }
  }
  const text: ConfigFiles['text'] = async (place, by, what) => {
    if (!isInside(root, place))
      throw new UserError(
        `${by.name}: ${what} leads out of the tree, to ${place}, which ${ref} does not have`,
      )
    return read(place)
  }
  return {
    find: () => (file === undefined ? search() : named(file)),
    extended: async (name, by) => {
      refuseMisspelt(name, by)
      const key = `extends \`${name}\``
      if (!isPath(name))
        throw new UserError(`${by.name}: ${key} is a package, and --config-from reads files of ${ref} only`)
      const place = path.resolve(path.dirname(by.file), name)
      for (const each of [place, `${place}.json`]) {
        const found = await text(each, by, key)
        if (found !== undefined) return parse(each, found)
      }
      throw new UserError(`${by.name}: ${key} cannot be found: there is no such file in ${ref}`)
    },
    text,
    nameOf,
  }
}
