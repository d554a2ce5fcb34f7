import type {SiteContext} from '../../platform.ts'
import type {Aliases} from '../../shared/aliases.ts'
import {type CodeFile, ComponentFiles, codeFileOf, isCodeFile} from '../../shared/component-files.ts'
import {isHarmless} from './packages.ts'

/** Is a component one of Astro's language, which shows what is in it? */
export const isFragment = (name: string, from: string | undefined): boolean =>
  name === 'Fragment' && from === undefined

/** Is a component imported from Starlight or Astro? These leave links unchanged, and add only known ids. */
export const isBuiltInComponent = (from: string | undefined): boolean =>
  from !== undefined && /^(?:@astrojs\/starlight\/components|astro:assets|astro:components)$/.test(from)

const addsNoIds = (name: string): boolean => isBuiltInComponent(name) || isHarmless(name)

/** Read the components of a site. */
export async function readComponents(
  ctx: SiteContext,
  sourceFolder: string,
  aliases: Aliases,
): Promise<ComponentFiles> {
  const byFile = new Map<string, CodeFile>()
  for (const file of ctx.tree.files) {
    if (!file.startsWith(`${sourceFolder}/`) || !isCodeFile(file)) continue
    const code = await ctx.tree.read(file).catch(() => undefined)
    if (code === undefined) continue
    byFile.set(file, codeFileOf(file, code, file.startsWith(`${sourceFolder}/pages/`))!)
  }
  return new ComponentFiles({lookup: ctx.lookup, aliases, addsNoIds}, byFile)
}
