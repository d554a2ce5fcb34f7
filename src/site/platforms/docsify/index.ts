import {isMarkdownFile} from '../../../text/markdown-files.ts'
import {foldersAbove} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {Detection, Platform} from '../../platform.ts'
import {configuredBy, onlyIf} from '../../shared/configured-by.ts'

/** Docsify: https://docsify.js.org */
export const docsify = {
  name: 'docsify',
  docs: {
    title: 'Docsify',
    detectedBy: '`index.html` that loads it, in a folder with Markdown',
    knows:
      '`relativePath`, `basePath`, `homepage`, `alias`, `ext`, `noCompileLinks`, `fallbackLanguages`, `?id=`, attributes such as `:ignore` and `:id=`, `:include`, ids of its versions 4 and 5',
  },
  ...onlyIf(besideMarkdown(), ({file}, tree) => loadsDocsify(file, tree)),
  describe: async (ctx) => (await import('./describe.ts')).describeDocsify(ctx),
} as const satisfies Platform

/** The configuration, or the script of Docsify. */
const LOADS =
  /\$docsify\b|\bdocsify(?:@[\w.^~-]+)?(?:\/(?:lib|dist))?\/docsify[\w.-]*\.js|\/npm\/docsify(?:@[\w.^~-]+)?["']/

const loadsDocsify = async (file: string, tree: Tree): Promise<boolean> => LOADS.test(await tree.read(file))

/** Generated sites have many files of that name, few of them in folders with Markdown. */
function besideMarkdown(): Pick<Platform, 'candidates' | 'detect'> {
  const own = configuredBy('index.html')
  return {
    candidates: own.candidates,
    detect: async (files, tree) => {
      const withMarkdown = new Set<string>([''])
      for (const file of tree.files)
        if (isMarkdownFile(file)) for (const folder of foldersAbove(file)) withMarkdown.add(folder)
      const found: readonly Detection[] = await own.detect(files, tree)
      return found.filter(({root}) => withMarkdown.has(root))
    },
  }
}
