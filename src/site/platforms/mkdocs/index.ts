import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'
import {NAMES, otherConfigurations} from './detect.ts'

const own = configuredBy(...NAMES)

/** MkDocs: https://www.mkdocs.org, and its fork ProperDocs, whose configuration is the same. */
export const mkdocs = {
  name: 'mkdocs',
  docs: {
    title: 'MkDocs',
    detectedBy: '`mkdocs.yml`, `properdocs.yml` of its fork, or a YAML file with the settings of MkDocs',
    knows:
      "source files and what is published, `exclude_docs`, `draft_docs`, the plugin exclude, `use_directory_urls`, redirects, the blog, hooks (read), snippets, wikilinks of roamlinks, ezlinks, alias and Python-Markdown, Python-Markdown's ids",
  },
  candidates: [...own.candidates, '*.yml', '*.yaml'],
  detect: async (files, tree) => [
    ...(await own.detect(files, tree)),
    ...(await otherConfigurations(files, tree)),
  ],
  describe: async (ctx) => (await import('./describe.ts')).describeMkdocs(ctx),
} as const satisfies Platform
