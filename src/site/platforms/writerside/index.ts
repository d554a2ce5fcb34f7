import {isBelow, nameOf} from '../../../text/paths.ts'
import type {Platform, SiteContext} from '../../platform.ts'
import {configuredBy, onlyIf} from '../../shared/configured-by.ts'
import {readConfiguration} from '../../shared/data.ts'

const TOPICS = /<topics\s[^<>]*\bdir\s*=\s*["']([^"'<>]{1,200})["']/g
const IMAGES = /<images\s[^<>]*\bdir\s*=\s*["']([^"'<>]{1,200})["']/g

const foldersIn = (text: string, pattern: RegExp, otherwise: string) => {
  const found = [...text.matchAll(pattern)].map(([, folder]) => folder!)
  return Object.fromEntries((found.length > 0 ? found : [otherwise]).map((folder) => [folder, '/']))
}

/** An element of a table of contents that stands in another module: `<include from="kc.tree" origin="coroutines" …/>`. */
const ORIGIN = /<include\s[^<>]*\borigin\s*=\s*["']([^"'<>]{1,200})["']/g
const MODULE = /<module\s[^<>]*\bname\s*=\s*["']([^"'<>]{1,200})["']/

/** Does a table of contents include a module that is not in the tree, so that the build brings topics from elsewhere? */
async function hasForeignModule({tree, marker: {root}}: SiteContext): Promise<boolean> {
  const read = (test: (file: string) => boolean) =>
    Promise.all([...tree.files].filter(test).map((file) => tree.read(file).catch(() => '')))
  const tables = await read((file) => file.endsWith('.tree') && isBelow(file, root))
  const origins = tables.flatMap((text) => [...text.matchAll(ORIGIN)].map(([, name]) => name))
  if (origins.length === 0) return false
  const settings = await read((file) => CONFIGURATIONS.includes(nameOf(file)))
  const modules = new Set(settings.map((text) => MODULE.exec(text)?.[1]))
  return origins.some((name) => !modules.has(name))
}

const CONFIGURATIONS = ['writerside.cfg', 'project.ihp']

/** Writerside: https://www.jetbrains.com/writerside */
export const writerside = {
  name: 'writerside',
  docs: {title: 'Writerside', detectedBy: '`writerside.cfg`, `project.ihp`'},
  ...onlyIf(configuredBy(...CONFIGURATIONS), async ({file}, tree) =>
    /<ihp\b/.test(await readConfiguration({tree}, file)),
  ),
  syntax: {spacesInUrls: true},
  data: async (ctx: SiteContext) => {
    const {file} = ctx.marker
    const text = file === undefined ? '' : await ctx.tree.read(file)
    return {
      content: foldersIn(text, TOPICS, 'topics'),
      assets: foldersIn(text, IMAGES, 'images'),
      routes: {
        ending: '.html',
        byName: true,
        ...((await hasForeignModule(ctx)) && {namesFromElsewhere: true}),
      },
    }
  },
} as const satisfies Platform
