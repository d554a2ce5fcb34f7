import {PluginError} from '../errors/errors.ts'
import type {PlatformDefinition, PlatformDescription} from './define-platform.ts'
import type {Description} from './description.ts'
import type {Platform, SiteContext} from './platform.ts'
import {configuredBy} from './shared/configured-by.ts'

/** Validates what a plugin says about the site in a folder, and gives its description. */
export type CheckDescription = (given: PlatformDescription, root: string) => Description

/** The platform that a plugin defines. */
export const pluginPlatform = (definition: PlatformDefinition, check: CheckDescription): Platform => ({
  name: definition.name,
  ...configuredBy(...definition.configuredBy),
  isPlugin: true,
  data: (ctx) => describe(definition, ctx, check),
})

async function describe(
  definition: PlatformDefinition,
  {tree, marker: {root, file}}: SiteContext,
  check: CheckDescription,
): Promise<Description> {
  try {
    const site = {root, ...(file !== undefined && {file}), files: tree.files, read: tree.read}
    return check(await definition.describe(site), root)
  } catch (error) {
    throw new PluginError(error instanceof Error ? error.message : String(error), {cause: error})
  }
}
