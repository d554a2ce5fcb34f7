import type {AstroConfig} from './config.ts'
import type {StarlightContext} from './context.ts'

/** The URLs of a file, with the site's base; empty if it is not published. */
export function urlsOf({config, routes}: StarlightContext, path: string): string[] {
  const {base, publicFolder, trailingSlash} = config
  if (path.startsWith(`${publicFolder}/`)) return [base + path.slice(publicFolder.length + 1)]
  const route = routes().of(path)
  if (route === undefined) return []
  return [route === '' ? base : base + route + (trailingSlash === 'never' ? '' : '/')]
}

/** Files beside code that are meant for readers of the repository. */
const REPOSITORY_FILE = /(?:^|\/)(?:README|CONTRIBUTING|CHANGELOG)\.md$/i

/** Does a file belong to the site: as a static file, or as a source file that is not merely a note beside code? */
export function isOwned({sourceFolder, publicFolder}: AstroConfig, path: string): boolean {
  if (path.startsWith(`${publicFolder}/`)) return true
  if (!path.startsWith(`${sourceFolder}/`)) return false
  return /^(?:content|pages)\//.test(path.slice(sourceFolder.length + 1)) || !REPOSITORY_FILE.test(path)
}
