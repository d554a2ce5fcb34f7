import {folderPrefix} from '../../../text/paths.ts'
import type {Platform} from '../../platform.ts'
import {configuredBy, onlyIf} from '../../shared/configured-by.ts'
import {readConfiguration} from '../../shared/data.ts'

const namesOf = (stem: string) => ['toml', 'yaml', 'yml', 'json'].map((extension) => `${stem}.${extension}`)

const own = configuredBy(
  ...namesOf('hugo'),
  ...namesOf('config/_default/hugo'),
  ...namesOf('config/_default/config'),
)

/**
 * Before 0.110, the configuration was named `config.toml`, as are those of other programs; folders beside it are
 * evidence. Zola has the same folders, and calls the setting `base_url`.
 */
const old = onlyIf(configuredBy('config.toml', 'config.yaml', 'config.yml'), async ({root, file}, tree) => {
  const has = (folder: string) => tree.folders.has(folderPrefix(root) + folder)
  if (!has('content') || !(has('layouts') || has('themes'))) return false
  return has('layouts') || !/^[ \t]*base_url[ \t]*=/m.test(await readConfiguration({tree}, file))
})

/** Hugo: https://gohugo.io */
export const hugo = {
  name: 'hugo',
  docs: {
    title: 'Hugo',
    detectedBy: '`hugo.*`, `config/_default/`',
    knows:
      'sections, bundles, `url`, `slug`, `aliases`, `permalinks`, languages, `ref` and `relref`, link hooks, `static`, mounts, themes and modules in the tree (`hugo.work`, `replace`), its three kinds of ids',
  },
  pageCode: /(?:^|\/)layouts\/.+\.html$/,
  candidates: own.candidates,
  detect: async (files, tree) => [
    ...(await own.detect(files, tree)),
    ...(await old.detect(files, tree)).map((each) => ({...each, beside: 'content/'})),
  ],
  describe: async (ctx) => (await import('./describe.ts')).describeHugo(ctx),
} as const satisfies Platform
