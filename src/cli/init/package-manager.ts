import {existsSync, readFileSync} from 'node:fs'
import path from 'node:path'

/** A package manager of JavaScript. */
export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'yarn-classic' | 'bun'

/** Lock files, by the package manager that writes them. */
const LOCK_FILES: readonly (readonly [string, PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['yarn.lock', 'yarn'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
]

/** The content of a manifest, as far as it matters here. */
export type Manifest = Record<string, unknown>

/** The package manager of a folder: the one that `package.json` names, else the one that wrote the lock file. */
export function packageManagerOf(root: string, manifest: Manifest | undefined): PackageManager {
  const [, name, major] = /^(npm|pnpm|yarn|bun)@(\d+)/.exec(String(manifest?.packageManager)) ?? []
  if (name === 'yarn') return Number(major) < 2 ? 'yarn-classic' : 'yarn'
  if (name !== undefined) return name as PackageManager
  const [file, found] = LOCK_FILES.find(([each]) => existsSync(path.join(root, each))) ?? []
  if (found !== 'yarn') return found ?? 'npm'
  // The lock file of Yarn 2 and later is YAML.
  return readFileSync(path.join(root, file!), 'utf8').includes('__metadata:') ? 'yarn' : 'yarn-classic'
}

/** Are packages kept elsewhere than in `node_modules`, so that only Yarn finds their commands? */
export function usesPlugAndPlay(root: string, manager: PackageManager): boolean {
  if (manager !== 'yarn') return false
  const settings = path.join(root, '.yarnrc.yml')
  const linker =
    existsSync(settings) && /^nodeLinker:\s*["']?([\w-]+)/m.exec(readFileSync(settings, 'utf8'))?.[1]
  return !linker || linker === 'pnp'
}

/** The command that adds development packages to a folder, and to nothing else what is there. */
export function installCommand(
  root: string,
  manager: PackageManager,
  manifest: Manifest | undefined,
  packages: readonly string[],
): string {
  const isWorkspace =
    manager === 'pnpm'
      ? existsSync(path.join(root, 'pnpm-workspace.yaml'))
      : manifest?.workspaces !== undefined
  const command: Record<PackageManager, string> = {
    npm: 'npm install --save-dev',
    pnpm: `pnpm add --save-dev${isWorkspace ? ' --workspace-root' : ''}`,
    yarn: 'yarn add --dev',
    'yarn-classic': `yarn add --dev${isWorkspace ? ' --ignore-workspace-root-check' : ''}`,
    bun: 'bun add --dev',
  }
  return [command[manager], ...packages].join(' ')
}

/** The start of a command that runs a program of an installed package. */
export const runPrefix: Readonly<Record<PackageManager, string>> = {
  npm: 'npx',
  pnpm: 'pnpm exec',
  yarn: 'yarn',
  'yarn-classic': 'yarn',
  bun: 'bunx',
}

/** Does a manifest name a package among those to install? */
export const dependsOn = (manifest: Manifest | undefined, name: string): boolean =>
  ['dependencies', 'devDependencies', 'optionalDependencies'].some((kind) => {
    const listed = manifest?.[kind]
    return typeof listed === 'object' && listed !== null && Object.hasOwn(listed, name)
  })
