/** Folders whose subfolders are projects: of other authors, or examples and tests within this one. */
const PROJECTS =
  /^(?:node_modules|bower_components|vendors?|vendored|third[-_]?party|3rdparty|externals?|deps|submodules|examples?|samples?|demos?|templates?|fixtures|tests?|__tests__|test[-_]?data|e2e|playgrounds?)$/i
/** Names of folders of a version: `v2`, `1.10.x`, `version-3.0`, `release-1.2`, `next`. */
const VERSION =
  /^(?:(?:v|version-?|rel(?:ease)?-?)\d+(?:\.(?:\d+|x))*|\d+(?:\.(?:\d+|x))+)(?:[-.](?:alpha|beta|rc|dev|lts)[\w.]*)?$|^(?:latest|next|stable|current|canary|nightly|edge|dev|main|master|unreleased|unstable|legacy)$/i
// Codes of three letters are left out: `src` and `bin` are languages, too.
const LANGUAGE = /^[a-z]{2}(?:[-_](?:[a-z]{2}|[a-z]{4}|\d{3}))*$/i

/**
 * Whether a file is one that every project has, such as README. The same name elsewhere is the file of another project,
 * or of another part of this one.
 */
export const isCommonProjectFile = (path: string): boolean =>
  /(?:^|\/)(?:readme|_?index|licen[cs]es?|copying|notices?|authors|contributors|contributing|change_?log|changes|code[-_]of[-_]conduct|security|support|governance|maintainers|(?:code)?owners|makefile|dockerfile)(?:[-_.][^/]*)?$/i.test(
    path,
  )

/** Whether two paths are of different projects, versions or languages, so that one is not meant by the other. */
export const areUnrelated = (a: string, b: string): boolean =>
  editionOf(a) !== editionOf(b) || projectOf(a) !== projectOf(b)

/** The folder of the project that a file belongs to: `examples/blog` for `examples/blog/a.md`, else empty. */
export function projectOf(path: string): string {
  const folders = path.split('/').slice(0, -1)
  const last = folders.findLastIndex((name) => PROJECTS.test(name))
  return last < 0 ? '' : folders.slice(0, last + (folders[last + 1]?.startsWith('@') ? 3 : 2)).join('/')
}

/** The version and the language in a path: `v2/fr` for `docs/v2/fr/a.md`; empty where it names none. */
export function editionOf(path: string): string {
  const names = path.toLowerCase().split('/')
  const [, suffix] = /[._-]([a-z]{2}(?:[-_][a-z]{2,4})?)\.[^.]+$/.exec(names.pop()!) ?? []
  const folders = names.filter((name) => VERSION.test(name) || isLanguage(name))
  return [...folders, ...(suffix !== undefined && isLanguage(suffix) ? [suffix] : [])].join('/')
}

/** Created when it is first needed, since it takes 15 ms, a tenth of a run over a few files. */
let languages: Intl.DisplayNames | undefined

/** Whether a name is a language, such as `fr`, `zh-CN` and `pt_BR`. */
function isLanguage(name: string): boolean {
  if (!LANGUAGE.test(name)) return false
  try {
    languages ??= new Intl.DisplayNames(['en'], {type: 'language', fallback: 'none'})
    return languages.of(name.replaceAll('_', '-')) !== undefined
  } catch {
    return false
  }
}
