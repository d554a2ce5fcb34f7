import {joinPath} from '../../../text/paths.ts'
import type {SiteContext, SiteDescription} from '../../platform.ts'
import {readData, record, strings} from '../../shared/data.ts'
import {describeSphinx} from './describe.ts'

/** The extensions that Jupyter Book enables (`get_default_sphinx_config` of its `config.py`), as far as they matter here. */
const EXTENSIONS = [
  'myst_nb',
  'jupyter_book',
  'sphinx_design',
  'sphinxcontrib.bibtex',
  'sphinx.ext.intersphinx',
]
const MYST_EXTENSIONS = ['colon_fence', 'dollarmath', 'linkify', 'substitution', 'tasklist']
const EXCLUDED = ['_build', 'Thumbs.db', '.DS_Store', '**.ipynb_checkpoints']

/** Describe a Jupyter Book of the first version as the site that Sphinx builds of it. */
export async function describeJupyterBook(ctx: SiteContext): Promise<SiteDescription> {
  const data = await readData(ctx, joinPath(ctx.marker.root, '_config.yml'))
  return describeSphinx(ctx, sphinxCode(data))
}

/**
 * The code of the `conf.py` that Jupyter Book makes of its settings: `exclude_patterns: [a]` becomes
 * `exclude_patterns = ["_build", …, "a"]`.
 */
function sphinxCode(data: Record<string, unknown>): string {
  const sphinx = record(data.sphinx)
  const {myst_enable_extensions: enabled} = record(data.parse)
  const settings = {
    extensions: [...EXTENSIONS, ...strings(sphinx.extra_extensions), ...strings(sphinx.local_extensions)],
    myst_enable_extensions: enabled === undefined ? MYST_EXTENSIONS : strings(enabled),
    exclude_patterns: [...EXCLUDED, ...strings(data.exclude_patterns)],
    ...record(sphinx.config),
  }
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`)
    .join('')
}
