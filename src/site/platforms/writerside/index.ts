import type {Platform, SiteContext} from '../../platform.ts'
import {configuredBy, onlyIf} from '../../shared/configured-by.ts'
import {readConfiguration} from '../../shared/data.ts'

const TOPICS = /<topics\s[^<>]*\bdir\s*=\s*["']([^"'<>]{1,200})["']/g
const IMAGES = /<images\s[^<>]*\bdir\s*=\s*["']([^"'<>]{1,200})["']/g

const foldersIn = (text: string, pattern: RegExp, otherwise: string) => {
  const found = [...text.matchAll(pattern)].map(([, folder]) => folder!)
  return Object.fromEntries((found.length > 0 ? found : [otherwise]).map((folder) => [folder, '/']))
}

/** Writerside: https://www.jetbrains.com/writerside */
export const writerside = {
  name: 'writerside',
  docs: {title: 'Writerside', detectedBy: '`writerside.cfg`, `project.ihp`'},
  ...onlyIf(configuredBy('writerside.cfg', 'project.ihp'), async ({file}, tree) =>
    /<ihp\b/.test(await readConfiguration({tree}, file)),
  ),
  syntax: {spacesInUrls: true},
  data: async ({tree, marker: {file}}: SiteContext) => {
    const text = file === undefined ? '' : await tree.read(file)
    return {
      content: foldersIn(text, TOPICS, 'topics'),
      assets: foldersIn(text, IMAGES, 'images'),
      routes: {ending: '.html', byName: true},
    }
  },
} as const satisfies Platform
