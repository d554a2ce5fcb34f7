import type {Doubt} from '../../doubts.ts'
import type {Addition} from './config.ts'
import type {Code} from './local-code.ts'

/** Code that writes files, runs programs, or has the bundler write files. */
const WRITES =
  /\b(?:writeFile|outputFile|outputJson|writeJson|copyFile|copySync|cpSync|createWriteStream|emitFile|emitAsset|rename|CopyPlugin|CopyWebpackPlugin)\w*\s*\(|\bfs\w*\.(?:promises\.)?(?:cp|copy|write)\w*\(/
const RUNS = /\bchild_process\b|\bexeca\b|\bspawn\w*\(/
/** The paths of routes: literals, up to a placeholder, and all others. */
const PATH = /\bpath\s*(?::\s*(?:(['"`])([^'"`\n$]*))?|,)/g
/** Packages that add pages. */
const ADDS_PAGES = /docusaurus.*plugin|plugin-content/

/** The pages and files that the code of a plugin may add. */
export function additionsOf({texts, packages}: Code, about: Doubt, base: string): Addition[] {
  const found: Addition[] = []
  const adding = texts.filter((text) => text.includes('addRoute'))
  if (adding.length > 0) {
    const routes = adding.flatMap((text) => routesIn(text, base))
    found.push({doubt: about, where: routes.includes(undefined) ? 'beside' : {routes: routes as string[]}})
  }
  if ([...packages].some((name) => ADDS_PAGES.test(name))) found.push({doubt: about, where: 'beside'})
  if (texts.some((text) => RUNS.test(text))) found.push({doubt: about, where: 'sources'})
  if (texts.some((text) => WRITES.test(text))) found.push(...writtenBy(texts, about))
  return found
}

/** The routes in code that adds some; undefined for one that is computed. */
function routesIn(text: string, base: string): (string | undefined)[] {
  const found = [...text.matchAll(PATH)].map(([, , path = '']) => {
    const below = `${path}/`.startsWith(base) ? `/${path.slice(base.length)}` : path
    return below.startsWith('/') && below.length > 1 ? below.replace(/\/$/, '') : undefined
  })
  return found.length > 0 ? found : [undefined]
}

/** Code that only runs after the build writes no sources of pages. */
function writtenBy(texts: readonly string[], about: Doubt): Addition[] {
  const has = (name: string) => texts.some((text) => text.includes(name))
  if (!has('postBuild') || has('loadContent')) return [{doubt: about, where: 'sources'}]
  const files: Addition = {doubt: about, where: 'files'}
  return has('.html') ? [files, {doubt: about, where: 'beside'}] : [files]
}
