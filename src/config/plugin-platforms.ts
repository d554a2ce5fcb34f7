import * as v from 'valibot'
import {closed} from '../data/schema.ts'
import {UserError} from '../errors/errors.ts'
import type {PlatformDefinition} from '../site/define-platform.ts'
import type {Platform} from '../site/platform.ts'
import {pluginPlatform} from '../site/plugin-platform.ts'
import {PLATFORMS} from '../site/registry.ts'
import {KeyFault} from './key-fault.ts'
import {checked} from './schema.ts'
import {siteSchema} from './site-schema.ts'
import {descriptionOf} from './sites.ts'

const PATHS = 'must be a list of paths, each from the folder of a site'

const definitionSchema = closed({
  name: v.pipe(
    v.string('must be a name'),
    v.regex(/^[a-z][a-z\d-]*$/, ({input}) => `is "${input}". Expected lower-case letters, digits and "-"`),
    v.check(
      (name) => !(PLATFORMS as readonly string[]).includes(name),
      ({input}) => `is "${input}", a platform that comes with doccheck`,
    ),
  ),
  configuredBy: v.pipe(
    v.array(v.pipe(v.string(PATHS), v.regex(/^[^/]/, PATHS)), PATHS),
    v.minLength(1, PATHS),
  ),
  describe: v.function('must be a function'),
})

/**
 * The platform that a plugin defines.
 *
 * @param plugin The plugin, for messages.
 * @throws {@link UserError} for a definition that is not valid
 */
export function platformOf(definition: PlatformDefinition, plugin: string): Platform {
  checked(definitionSchema, definition, plugin)
  const where = `the description of the platform ${definition.name}`
  return pluginPlatform(definition, (given, folder) => {
    const site = checked(siteSchema, {...given, root: '.'}, where)
    try {
      return descriptionOf(site, {keys: ['site'], folder, platforms: []})
    } catch (error) {
      throw error instanceof KeyFault ? new UserError(`${where}: ${error.message}`) : error
    }
  })
}
