import path from 'node:path'
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
 * The commands that complete the set-up, as one line for a shell: install missing packages, without changing others,
 * and the git hook.
 *
 * @param version The version of doccheck to install.
 * @returns '' if nothing is left to do
 */
export function nextCommand(root: string, hook: Hook, project: Project, version: string): string {
  const {manifest, config, packageFolders} = project
  const manager = packageManagerOf(root, manifest)
  const own = `doccheck-cli@${version}`
  // lefthook may also be installed without packages, and so may doccheck.
  const usesPackages = hook === 'lefthook' ? manifest !== undefined : TOOLS[hook] !== undefined
  const wanted = new Map<string, string[]>([['.', usesPackages ? [own, TOOLS[hook]!] : []]])
  // The configuration that was just written names its schema.
  const folders = [...packageFolders, ...(config === undefined && manifest ? ['.'] : [])]
  for (const folder of folders) wanted.set(folder, [...new Set([own, ...(wanted.get(folder) ?? [])])])
  const installs = [...wanted].flatMap(([folder, packages]) => {
    const place = path.join(root, folder)
    const its = folder === '.' ? manifest : readPackage(place)
    const missing = packages.filter((each) => !dependsOn(its, each.replace(/@.*/, '')))
    if (missing.length === 0) return []
    const command = installCommand(place, manager, its, missing)
    return [folder === '.' ? command : `(cd ${quoted(folder)} && ${command})`]
  })
  const program = INSTALL[hook]
  const prefix = usesPackages && program !== undefined ? `${runPrefix[manager]} ` : ''
  return [...installs, ...(program === undefined ? [] : [prefix + program])].join(' && ')
}

/** A word for a shell: `it's` → `'it'\''s'` */
const quoted = (word: string) => (/^[\w./@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)
