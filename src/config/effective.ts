import path from 'node:path'
import {builtIn} from '../../rules/index.ts'
import type {ActiveRule} from '../engine/types.ts'
import type {Severity} from '../rule/types.ts'
import type {Settings} from './types.ts'

/** The rules that apply to each file; paths are relative to the settings' folder. */
export interface Effective {
  rulesFor(path: string): readonly ActiveRule[]
  ignored(path: string): boolean
  /** The settings that the rules of a file come from. */
  settingsOf(path: string): Settings
}

/**
 * Determine the rules for each file; files that match the same globs share their list. A file in a folder with a
 * configuration of its own gets the rules of that one, and is ignored if either says so.
 */
export async function effective(settings: Settings): Promise<Effective> {
  const own = await ownOf(settings)
  if (settings.nested.length === 0) return own
  const below = await Promise.all(
    settings.nested.map(async (nested) => ({
      prefix: `${path.relative(settings.folder, nested.folder).split(path.sep).join('/')}/`,
      settings: await ownOf(nested),
    })),
  )
  // The nearest folder decides.
  below.sort((a, b) => b.prefix.length - a.prefix.length)
  const nearest = (file: string): [settings: Effective, path: string] => {
    const nested = below.find(({prefix}) => file.startsWith(prefix))
    return nested ? [nested.settings, file.slice(nested.prefix.length)] : [own, file]
  }
  return {
    rulesFor: (file) => {
      const [found, relative] = nearest(file)
      return found.rulesFor(relative)
    },
    ignored: (file) => {
      const [found, relative] = nearest(file)
      return own.ignored(file) || found.ignored(relative)
    },
    settingsOf: (file) => nearest(file)[0].settingsOf(file),
  }
}

async function ownOf(settings: Settings): Promise<Effective> {
  const globbed = settings.layers.some(({globs}) => globs) || settings.ignore.length > 0
  const match = globbed ? (await import('../pattern/path-matcher.ts')).pathMatcher : undefined
  const fits = settings.layers.map(({globs}) => (globs && match ? match(globs, 'overrides') : () => true))
  const isIgnored = match && settings.ignore.length > 0 ? match(settings.ignore, 'ignore') : () => false
  const cache = new Map<string, ActiveRule[]>()
  return {
    ignored: isIgnored,
    settingsOf: () => settings,
    rulesFor: (file) => {
      const on = fits.map((matches) => matches(file))
      const key = on.join()
      let rules = cache.get(key)
      if (!rules) cache.set(key, (rules = merge(settings, on)))
      return rules
    },
  }
}

function merge({layers, known}: Settings, on: boolean[]): ActiveRule[] {
  const settings = new Map<string, {severity: Severity; options: Record<string, unknown>}>()
  for (const [index, {rules}] of layers.entries()) {
    if (!on[index]) continue
    for (const [name, setting] of Object.entries(rules)) {
      const [severity, options] = Array.isArray(setting) ? setting : [setting]
      // A severity alone keeps the options set before.
      settings.set(name, {severity, options: options ?? settings.get(name)?.options ?? {}})
    }
  }
  const active: ActiveRule[] = []
  for (const [name, {severity, options}] of settings) {
    const rule = known.get(name)!
    if (severity === 'off') continue
    const isPlugin = builtIn.get(name) !== rule
    active.push({rule, severity, options: {...rule.options, ...options}, isPlugin})
  }
  return active
}
