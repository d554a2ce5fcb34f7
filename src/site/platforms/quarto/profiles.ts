import {folderOf, joinPath} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import {readData, record, strings} from '../../shared/data.ts'

/**
 * Read the configuration of a project, merged with that of the profile which holds if nobody asks for another one:
 * https://quarto.org/docs/projects/profiles.html
 */
export async function readProject(ctx: SiteContext, file: string): Promise<Record<string, unknown>> {
  let data = await readData(ctx, file)
  for (const name of defaultProfiles(record(data.profile))) {
    const own = ['yml', 'yaml']
      .map((extension) => joinPath(folderOf(file), `_quarto-${name}.${extension}`))
      .find((each) => ctx.tree.files.has(each))
    if (own !== undefined) data = merged(data, await readData(ctx, own))
  }
  return data
}

/** The profiles that are named as the default, and the first one of each group without any of these. */
function defaultProfiles({default: named, group}: Record<string, unknown>): string[] {
  const names = strings(named)
  const list: readonly unknown[] = Array.isArray(group) ? group : []
  const groups = list.every((each) => typeof each === 'string') ? [list] : list
  const firsts = groups
    .map(strings)
    .flatMap((each) => (each.some((name) => names.includes(name)) ? [] : each.slice(0, 1)))
  return [...names, ...firsts]
}

/** Two configurations, of which mappings are merged, lists are joined, and other values are replaced. */
function merged(below: Record<string, unknown>, above: Record<string, unknown>): Record<string, unknown> {
  const all = {...below}
  for (const [key, value] of Object.entries(above)) {
    const own = all[key]
    if (Array.isArray(own) && Array.isArray(value))
      all[key] = [...(own as unknown[]), ...(value as unknown[])]
    else all[key] = isMapping(own) && isMapping(value) ? merged(record(own), record(value)) : value
  }
  return all
}

const isMapping = (value: unknown) => Object.keys(record(value)).length > 0
