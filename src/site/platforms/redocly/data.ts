import {folderOf, folderPrefix, isBelow, joinPath} from '../../../text/paths.ts'
import type {SiteData} from '../../description.ts'
import type {SiteContext} from '../../platform.ts'
import {readData, record} from '../../shared/data.ts'

/** The file of a page that is a component of React, with its name: `tools/index.page.tsx` is `/tools`. */
const COMPONENT_PAGE = /^(.*?)(?:(?:^|\/)index)?\.page\.[jt]sx$/

/** What a site's `redocly.yaml` says about it, with the pages that are components. */
export async function dataOfRedocly(ctx: SiteContext): Promise<SiteData> {
  const {file = ''} = ctx.marker
  const {redirects} = await readData(ctx, file)
  return {redirects: await redirectsIn(ctx, file, redirects), generated: componentPages(ctx)}
}

/** The redirects of a configuration, by their URLs; those that its `$ref` names are in a file of their own. */
async function redirectsIn(ctx: SiteContext, file: string, value: unknown): Promise<Record<string, string>> {
  const {$ref, ...own} = record(value)
  const referred = typeof $ref === 'string' ? joinPath(folderOf(file), $ref) : undefined
  const others = referred !== undefined && ctx.tree.files.has(referred) ? await readData(ctx, referred) : {}
  const found = Object.entries({...others, ...own}).flatMap(([from, redirect]): [string, string][] => {
    const {to} = record(redirect)
    return typeof to === 'string' ? [[from, to]] : []
  })
  return Object.fromEntries(found)
}

/** The URLs of pages that are components. */
const componentPages = ({tree, marker: {root}}: SiteContext): string[] =>
  [...tree.files].flatMap((path) => {
    if (!isBelow(path, root)) return []
    const name = COMPONENT_PAGE.exec(path.slice(folderPrefix(root).length))?.[1]
    return name === undefined ? [] : [`/${name}`]
  })
