import {folderPrefix} from '../../../text/paths.ts'
import type {Platform} from '../../platform.ts'
import {configuredBy, onlyIf} from '../../shared/configured-by.ts'
import {readConfiguration} from '../../shared/data.ts'

/** The only setting that every site has, above all tables; Hugo calls it `baseURL`. */
const BASE_URL = /^[ \t]*base_url[ \t]*=/m
const TABLE = /^[ \t]*\[/m

/** Zola: https://www.getzola.org */
export const zola = {
  name: 'zola',
  docs: {
    title: 'Zola',
    detectedBy: '`zola.toml`, or `config.toml` with `base_url`, beside `content/`',
    knows:
      'sections, `@/`, `slug`, `path`, `aliases`, drafts, dates in names, `slugify`, languages, co-located files, `static/` and that of the theme, Sass, taxonomies, shortcodes, its ids',
  },
  ...onlyIf(configuredBy('zola.toml', 'config.toml'), async ({root, file}, tree) => {
    if (!tree.folders.has(`${folderPrefix(root)}content`)) return false
    const [settings] = (await readConfiguration({tree}, file)).split(TABLE, 1)
    return BASE_URL.test(settings!)
  }),
  describe: async (ctx) => (await import('./describe.ts')).describeZola(ctx),
} as const satisfies Platform
