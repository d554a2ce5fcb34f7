import {folderPrefix} from '../../../text/paths.ts'
import type {Platform, SiteContext} from '../../platform.ts'
import {configuredBy, onlyIf} from '../../shared/configured-by.ts'
import {readConfiguration} from '../../shared/data.ts'

/** Settings of a site; others are for the linter of API descriptions, for which most repositories have the file. */
const OF_SITE =
  /^(?:navbar|sidebar|footer|logo|seo|search|breadcrumbs|versionPicker|products|l10n|rbac|redirects|markdown|codeSnippet|colorMode|userMenu|banner)[ \t]*:/m

/** Redocly's Realm: https://redocly.com/docs/realm */
export const redocly = {
  name: 'redocly',
  docs: {title: 'Redocly', detectedBy: '`redocly.yaml` with settings of a site, or beside `sidebars.yaml`'},
  ...onlyIf(
    configuredBy('redocly.yaml'),
    async ({root, file}, tree) =>
      tree.files.has(`${folderPrefix(root)}sidebars.yaml`) ||
      OF_SITE.test(await readConfiguration({tree}, file)),
  ),
  data: async (ctx: SiteContext) => (await import('./data.ts')).dataOfRedocly(ctx),
} as const satisfies Platform
