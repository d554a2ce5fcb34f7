import path from 'node:path'
import {readerOf} from '../../tree/read.ts'
import type {Hook} from './options.ts'
import {dependsOn, installCommand, packageManagerOf, runPrefix} from './package-manager.ts'
import {type Project, readPackage} from './project.ts'

/** The tools that come as packages. */
const TOOLS: Partial<Record<Hook, string>> = {
  husky: 'husky',
  lefthook: 'lefthook',
  'lint-staged': 'lint-staged',
}

/** The commands that install git hooks. */
const INSTALL: Partial<Record<Hook, string>> = {
  'pre-commit': 'pre-commit install',
  husky: 'husky',
  lefthook: 'lefthook install',
}

/**
 * The commands that complete the set-up, as one line for a shell: install what is missing, without touching what is
 * there, and the git hook.
 *
 * @param version The version of doccheck to install.
 * @returns '' if nothing is left to do
 */
export function nextCommand(root: string, hook: Hook, project: Project, version: string): string {
  const {manifest} = project
  const manager = packageManagerOf(root, manifest)
  // lefthook may also be installed without packages, and so may doccheck.
  const usesPackages = hook === 'lefthook' ? manifest !== undefined : TOOLS[hook] !== undefined
  const wanted = new Map<string, string[]>([
    ['', usesPackages ? [`doccheck-cli@${version}`, TOOLS[hook]!] : []],
  ])
  const folder = folderOfPackage(root, project)
  if (folder !== undefined)
    wanted.set(folder, [...new Set([...(wanted.get(folder) ?? []), `doccheck-cli@${version}`])])
  const installs = [...wanted].flatMap(([place, packages]) => {
    const absolute = path.join(root, place)
    const own = place === '' ? manifest : readPackage(absolute)
    const missing = packages.filter((each) => !dependsOn(own, each.replace(/@.*/, '')))
    const command = installCommand(absolute, manager, own, missing)
    return missing.length === 0 ? [] : [place === '' ? command : `(cd ${quoted(place)} && ${command})`]
  })
  const program = INSTALL[hook]
  const prefix = usesPackages && program !== undefined ? `${runPrefix[manager]} ` : ''
  return [...installs, ...(program === undefined ? [] : [prefix + program])].join(' && ')
}

/** The folder whose package doccheck must be, since the configuration names a file of it; '' for the root. */
function folderOfPackage(root: string, {config, manifest}: Project): string | undefined {
  if (config === undefined) return manifest ? '' : undefined
  if (!pointsAtPackage(root, config)) return
  const folder = path.posix.dirname(config)
  return folder === '.' || !readPackage(path.join(root, folder)) ? '' : folder
}

/** Does a configuration name a file of the package, as its schema or as an import? */
function pointsAtPackage(root: string, config: string): boolean {
  try {
    return readerOf(root)(config).includes('doccheck-cli')
  } catch {
    return false
  }
}

/** A word for a shell: `it's` → `'it'\''s'` */
const quoted = (word: string) => (/^[\w./@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)
