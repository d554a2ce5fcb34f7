/** Folders with a project in each subfolder: by other authors, or examples and tests of this one. */
const PROJECTS =
  /^(?:node_modules|bower_components|vendors?|vendored|third[-_]?party|3rdparty|externals?|deps|submodules|examples?|samples?|demos?|templates?|fixtures|tests?|__tests__|test[-_]?data|e2e|playgrounds?)$/i
/** Names of version folders: `v2`, `1.10.x`, `version-3.0`, `release-1.2`, `next`. */
const VERSION =
  /^(?:(?:v|version-?|rel(?:ease)?-?)\d+(?:\.(?:\d+|x))*|\d+(?:\.(?:\d+|x))+)(?:[-.](?:alpha|beta|rc|dev|lts)[\w.]*)?$|^(?:latest|next|stable|current|canary|nightly|edge|dev|main|master|unreleased|unstable|legacy)$/i
// Three-letter codes are excluded: `src` and `bin` are language codes, too.
const LANGUAGE = /^[a-z]{2}(?:[-_](?:[a-z]{2}|[a-z]{4}|\d{3}))*$/i

/**
 * Is a file one that every project has, such as README? A file of that name elsewhere belongs to another project, or to
 * another part of this one.
 */
export const isCommonProjectFile = (path: string): boolean =>
  /(?:^|\/)(?:readme|_?index|licen[cs]es?|copying|notices?|authors|contributors|contributing|change_?log|changes|code[-_]of[-_]conduct|security|support|governance|maintainers|(?:code)?owners|makefile|dockerfile)(?:[-_.][^/]*)?$/i.test(
    path,
  )

/** Do two paths belong to different projects, versions or languages, so that one cannot be meant by the other? */
export const areUnrelated = (a: string, b: string): boolean =>
  editionOf(a) !== editionOf(b) || projectOf(a) !== projectOf(b)

/** The folder of the project that a file belongs to: `examples/blog` for `examples/blog/a.md`, else empty. */
export function projectOf(path: string): string {
  const folders = path.split('/').slice(0, -1)
  const last = folders.findLastIndex((name) => PROJECTS.test(name))
  return last < 0 ? '' : folders.slice(0, last + (folders[last + 1]?.startsWith('@') ? 3 : 2)).join('/')
}

/** The version and the language in a path: `v2/fr` for `docs/v2/fr/a.md`; empty if it contains neither. */
export function editionOf(path: string): string {
  const names = path.toLowerCase().split('/')
  const [, suffix] = /[._-]([a-z]{2}(?:[-_][a-z]{2,4})?)\.[^.]+$/.exec(names.pop()!) ?? []
  const folders = names.filter((name) => VERSION.test(name) || isLanguage(name))
  return [...folders, ...(suffix !== undefined && isLanguage(suffix) ? [suffix] : [])].join('/')
}

/** Created lazily, since it takes 15 ms, a tenth of a run over a few files. */
let languages: Intl.DisplayNames | undefined

/** Is a name a language code, such as `fr`, `zh-CN` and `pt_BR`? */
export function isLanguage(name: string): boolean {
  if (!LANGUAGE.test(name)) return false
  try {
    languages ??= new Intl.DisplayNames(['en'], {type: 'language', fallback: 'none'})
    return languages.of(name.replaceAll('_', '-')) !== undefined
  } catch {
    return false
  }
}
