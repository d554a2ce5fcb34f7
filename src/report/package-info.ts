import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {pathToFileURL} from 'node:url'

/** The package resolves itself by name: its sources and its bundle lie at different depths. */
const manifestPath = () => createRequire(import.meta.url).resolve('doccheck-cli/package.json')

/** The URL of a file that the package ships unbundled, by its path from the package's root. */
export const packageFile = (path: string): URL => new URL(path, pathToFileURL(manifestPath()))

/** The parts of package.json that are shown to users. */
interface Manifest {
  version: string
  homepage: string
  repository?: string | {url: string}
}

let manifest: Manifest | undefined

const readManifest = (): Manifest =>
  (manifest ??= JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as Manifest)

/** The version of doccheck and the URL of its home page. */
export function packageInfo(): {version: string; homepage: string} {
  const {version, homepage} = readManifest()
  return {version, homepage}
}

/**
 * The URL of the page about one of doccheck's own rules: `docs/rules/<name>.md` in the repository that package.json
 * names. Without a `repository`, the home page with the rule's name as its fragment.
 */
export function ruleUrl(name: string): string {
  const {homepage, repository} = readManifest()
  const url = typeof repository === 'string' ? repository : repository?.url
  return url === undefined ? `${homepage}#${name}` : `${webUrl(url)}/blob/HEAD/docs/rules/${name}.md`
}

/** `git+https://github.com/a/b.git` → `https://github.com/a/b` */
const webUrl = (repository: string) => repository.replace(/^git\+/, '').replace(/\.git$/, '')
