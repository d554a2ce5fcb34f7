import {type Doubt, doubt} from '../../doubts.ts'
import {stringsIn, valuesOf} from '../../shared/python.ts'
import {isWritten, writtenPaths} from '../../shared/written-paths.ts'

/** Files that the build may add, as paths from the site's folder, in which `*` stands for anything. */
export interface Addition {
  doubt: Doubt
  paths: readonly string[]
}

/** Extensions that write pages, each with the folders that it writes to by default, and the setting that names others. */
const GENERATORS: readonly [extension: RegExp, setting: string, folders: readonly string[]][] = [
  [/^autodoc2\b/, 'autodoc2_output_dir', ['apidocs']],
  [/^autoapi\b/, 'autoapi_root', ['autoapi']],
  [/^sphinxcontrib\.apidoc$/, 'apidoc_output_dir', ['api']],
  [/^sphinx\.ext\.apidoc$/, 'apidoc_modules', []],
  [/^sphinx_gallery\b/, 'sphinx_gallery_conf', ['auto_examples']],
  [/^exhale$/, 'exhale_args', ['api']],
]
/** Extensions that may write pages anywhere. */
const ANYWHERE = /gallery|autogen|generat|collections|multiproject|external_content/
/** The names of pages that autosummary writes contain dots: `generated/package.module.Name.rst`. */
const AUTOSUMMARY = ['generated/*', '_autosummary/*', '*.*.rst', '*.*.md']

/** Code that has a program elsewhere write files before pages are read. */
const HOOKED = /\.connect\(\s*['"](?:builder-inited|config-inited|env-before-read-docs)['"]\s*,\s*([\w.]+)/g
/** Code that takes settings from elsewhere. */
const SHARED_SETTINGS =
  /^[ \t]*from[ \t]+\S+[ \t]+import[ \t]+\*|\bexec\([^,\n]*(?:\)$|,\s*globals)|^extensions\s*=\s*[^[(\s]/m

/** Does a `conf.py` take its settings from another module? */
export const takesSettings = (code: string): boolean => SHARED_SETTINGS.test(code)

/** Does code remove files once the site is built, so that Git need not ignore them? */
const cleansUp = (code: string) =>
  /['"]build-finished['"]/.test(code) && /\b(?:rmtree|unlink|os\.remove)\(/.test(code)

/**
 * The files that extensions, and the code of `conf.py`, may add.
 *
 * @param ignoresSources Does Git ignore sources that the build generates? It would ignore others, too, as they would be
 *   untracked files after each build.
 */
export function additionsOf(code: string, extensions: readonly string[], ignoresSources = false): Addition[] {
  const additions = extensions.flatMap((name) => ofExtension(name, code) ?? [])
  const written = writtenPaths(code)
  const isElsewhere = [...code.matchAll(HOOKED)].some(([, name]) => !new RegExp(`def ${name}\\b`).test(code))
  const isAnywhere = isElsewhere || written.includes('*')
  if (written.length > 0 || isElsewhere)
    additions.push({
      doubt:
        isAnywhere && ignoresSources && !cleansUp(code)
          ? doubt('unignored-pages')
          : doubt('code-pages', 'conf.py'),
      paths: isAnywhere ? ['*'] : written,
    })
  if (takesSettings(code))
    additions.push({doubt: doubt('code-pages', 'a module that conf.py imports'), paths: ['*']})
  return additions
}

function ofExtension(name: string, code: string): Addition | undefined {
  const about = doubt('plugin-pages', name)
  if (/autosummary/.test(name)) return {doubt: about, paths: AUTOSUMMARY}
  const generator = GENERATORS.find(([extension]) => extension.test(name))
  if (!generator) return ANYWHERE.test(name) ? {doubt: about, paths: ['*']} : undefined
  const [, setting, folders] = generator
  const configured = valuesOf(code, setting).flatMap(stringsIn)
  return {
    doubt: about,
    paths: (configured.length > 0 ? configured : folders).flatMap((folder) => [folder, `${folder}/*`]),
  }
}

/**
 * The doubt about a file that is not there; undefined if nothing adds one at its path. Outside of the folder of the site,
 * only files that are named are added.
 *
 * @param prefix The site's folder with a trailing slash; empty for the root.
 */
export function whyAdded(additions: readonly Addition[], path: string, prefix: string): Doubt | undefined {
  const isInside = path.startsWith(prefix)
  const inside = isInside ? path.slice(prefix.length) : path
  return additions.find(({paths}) =>
    isWritten(isInside ? paths : paths.filter((each) => each !== '*'), inside),
  )?.doubt
}
