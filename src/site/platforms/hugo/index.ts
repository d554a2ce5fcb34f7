import {folderOf, folderPrefix, nameOf} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {Detection, Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

const namesOf = (stem: string) => ['toml', 'yaml', 'yml', 'json'].map((extension) => `${stem}.${extension}`)

const own = configuredBy(
  ...namesOf('hugo'),
  ...namesOf('config/_default/hugo'),
  ...namesOf('config/_default/config'),
)

/** Hugo: https://gohugo.io */
export const hugo = {
  name: 'hugo',
  docs: {
    title: 'Hugo',
    detectedBy: '`hugo.*`, `config/_default/`',
    knows:
      'sections, bundles, `url`, `slug`, `aliases`, `permalinks`, languages, `ref` and `relref`, link hooks, `static`, mounts, themes and modules in the tree (`hugo.work`, `replace`), its three kinds of ids',
  },
  candidates: own.candidates,
  detect: async (files, tree) => [...(await own.detect(files, tree)), ...oldSites(files, tree)],
  describe: async (ctx) => (await import('./describe.ts')).describeHugo(ctx),
} as const satisfies Platform

/**
 * Before 0.110, the configuration was named `config.toml`, as are those of other programs; folders beside it are
 * evidence.
 */
function oldSites(files: readonly string[], {folders}: Tree): Detection[] {
  return files
    .filter((file) => /^config\.(?:toml|ya?ml)$/.test(nameOf(file)))
    .map((file): Detection => ({root: folderOf(file), file, beside: 'content/'}))
    .filter(({root}) => {
      const has = (folder: string) => folders.has(folderPrefix(root) + folder)
      return has('content') && (has('layouts') || has('themes'))
    })
}
