import type {SiteContext} from '../../platform.ts'

/** More files of code than any site has that is not a part of a larger application. */
const MOST_FILES = 2000
/** The size of all of them, in UTF-16 units. */
const MOST_CODE = 6_000_000
const IS_CODE = /(?<!\.d)\.(?:[cm]?[jt]s|[jt]sx)$/
/** Folders of the code of an application and of its plugins, and files beside its configuration. */
const OF_APPLICATION =
  /^(?:(?:src|app|lib|libs|components|utils|server|source|content|pages|routes|[\w-]*(?:plugins?|remark|rehype|mdx)[\w-]*)\/|[^/]+$)/

/** Read the code of an application, by its files. It is never run. */
export async function readSiteCode({tree}: SiteContext, prefix: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  let size = 0
  for (const file of tree.files) {
    if (!file.startsWith(prefix) || !IS_CODE.test(file)) continue
    if (!OF_APPLICATION.test(file.slice(prefix.length)) || file.includes('node_modules/')) continue
    if (texts.size >= MOST_FILES || size >= MOST_CODE) break
    const text = await tree.read(file).catch(() => undefined)
    if (text === undefined) continue
    texts.set(file, text)
    size += text.length
  }
  return texts
}

/** Does code of a route with parameters show pages of the site's sources, or that there is none? */
export const showsPages = (code: string): boolean =>
  /\b(?:getPage|importPage|findPage)\w*\s*[(<]/.test(code) ||
  (/\bnotFound\(\)/.test(code) && code.length < 500)
