import {copyString} from './copy-string.ts'
import {withoutFencedCode} from './opaque-content.ts'
import type {Syntax} from './syntax.ts'
import type {Page} from './types.ts'

/** A script of a Vue component, which a page may have outside of code. */
const SCRIPT = /^<script\b[^<>]*>/gm
/** A line that imports the default or, at the end of a list of names, several exports of a module, by its path. */
const IMPORT = /^[ \t]*(?:import\b[^'"\n();]*|\}[ \t]*from[ \t]*)(['"])(\.{1,2}\/[^'"\n\\]+)\1/gm

/** The name that is imported as the default of a module. */
const DEFAULT = /^[ \t]*import[ \t]+(\w+)[ \t]+from\b/

/** Add the modules that the scripts of a page import by their paths, and the components that these are. */
export function addScriptImports(page: Page, source: string, {vueComponents}: Syntax): void {
  if (!vueComponents || !source.includes('<script')) return
  const text = withoutFencedCode(source)
  for (const {0: tag, index} of text.matchAll(SCRIPT)) {
    const start = index + tag.length
    const end = text.indexOf('</script>', start)
    for (const found of text.slice(start, end < 0 ? start : end).matchAll(IMPORT)) {
      const from = copyString(found[2]!)
      const at = start + found.index + found[0].length - from.length - 1
      const target = {start: at, end: at + from.length}
      page.links.push({...target, url: from, target, kind: 'module'})
      const name = DEFAULT.exec(found[0])?.[1]
      if (name !== undefined && from.endsWith('.vue'))
        (page.components ??= []).push({name: copyString(name), from})
    }
  }
}
