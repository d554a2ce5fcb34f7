import {folderOf, joinPath, nameOf} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {Detection, Platform} from '../../platform.ts'
import {configuredBy, scriptsNamed} from '../../shared/configured-by.ts'

const nuxt = configuredBy(...scriptsNamed('nuxt.config'))
const undocs = configuredBy(...['yaml', 'yml', 'json', 'ts', 'js', 'mjs'].map((end) => `.config/docs.${end}`))

/** Nuxt Content, also with Docus or undocs: https://content.nuxt.com */
export const nuxtContent = {
  name: 'nuxt-content',
  docs: {
    title: 'Nuxt Content, Docus, undocs',
    detectedBy:
      '`nuxt.config.*` that names `@nuxt/content` or Docus, itself or in the `package.json` beside it; a `package.json` with Docus beside `content/`; `.config/docs.*` of undocs, or a `package.json` with it in `docs/`',
    knows:
      'collections with their sources and prefixes, numbers before names, `path` of front matter, pages and routes of Vue, layers in the tree, `routeRules`, `baseURL`, languages, `public/`, components of MDC with their properties, its ids',
  },
  candidates: [...nuxt.candidates, ...undocs.candidates, 'package.json'],
  detect: async (files, tree) => {
    const found: Detection[] = [...(await undocs.detect(files, tree))]
    for (const each of await nuxt.detect(files, tree)) if (await hasContent(each, tree)) found.push(each)
    const roots = new Set(found.map(({root}) => root))
    for (const file of files.filter((each) => nameOf(each) === 'package.json')) {
      const root = folderOf(file)
      if (!roots.has(root) && (await needsNoConfig(file, tree))) found.push({root, file})
    }
    return found
  },
  describe: async (ctx) => (await import('./describe.ts')).describeNuxtContent(ctx),
} as const satisfies Platform

/** A package that publishes Markdown. */
const PACKAGE = /["'](?:@nuxt\/content|docus|@nuxt-themes\/docus)["']/

/** Does a Nuxt project publish Markdown, by its configuration or its dependencies? */
async function hasContent({file}: Detection, tree: Tree): Promise<boolean> {
  const manifest = joinPath(folderOf(file), 'package.json')
  const files = [file, ...(tree.files.has(manifest) ? [manifest] : [])]
  const texts = await Promise.all(files.map((each) => tree.read(each).catch(() => '')))
  return texts.some((text) => PACKAGE.test(text))
}

/** Is it the manifest of a project of Docus or undocs, which need no configuration? Others are not even read. */
async function needsNoConfig(file: string, tree: Tree): Promise<boolean> {
  const root = folderOf(file)
  const mayBeDocus = tree.folders.has(joinPath(root, 'content'))
  const mayBeUndocs = /^\.?docs$/.test(nameOf(root))
  if (!mayBeDocus && !mayBeUndocs) return false
  const text = await tree.read(file).catch(() => '')
  return (mayBeDocus && /"docus"\s*:/.test(text)) || (mayBeUndocs && /"undocs"\s*:/.test(text))
}
