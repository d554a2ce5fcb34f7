/** Folders of what other projects wrote, or of projects within this one; each folder in them is one. */
const PROJECTS =
  /^(?:node_modules|bower_components|vendors?|vendored|third[-_]?party|3rdparty|externals?|deps|submodules|examples?|samples?|demos?|templates?|fixtures|tests?|__tests__|test[-_]?data|e2e|playgrounds?)$/i
/** Folders of one version: `v2`, `1.10.x`, `version-3.0`, `release-1.2`, `next`. */
const VERSION =
  /^(?:(?:v|version-?|rel(?:ease)?-?)\d+(?:\.(?:\d+|x))*|\d+(?:\.(?:\d+|x))+)(?:[-.](?:alpha|beta|rc|dev|lts)[\w.]*)?$|^(?:latest|next|stable|current|canary|nightly|edge|dev|main|master|unreleased|unstable|legacy)$/i
// Those of three letters look like `src` and `bin`, which are also languages.
const LANGUAGE = /^[a-z]{2}(?:[-_](?:[a-z]{2}|[a-z]{4}|\d{3}))*$/i

/**
 * Files that every project has one of, whose names say nothing of whose they are. The same name elsewhere is another
 * project's file, or that of another part of this one.
 */
export const isCommonProjectFile = (path: string): boolean =>
  /(?:^|\/)(?:readme|_?index|licen[cs]es?|copying|notices?|authors|contributors|contributing|change_?log|changes|code[-_]of[-_]conduct|security|support|governance|maintainers|(?:code)?owners|makefile|dockerfile)(?:[-_.][^/]*)?$/i.test(
    path,
  )

/** Are two paths in different projects, versions or languages, so that one does not stand for the other? */
export const belongApart = (a: string, b: string): boolean =>
  editionOf(a) !== editionOf(b) || projectOf(a) !== projectOf(b)

/** The project that a file is of, by its folder; empty for the tree's own. */
export function projectOf(path: string): string {
  const folders = path.split('/').slice(0, -1)
  const last = folders.findLastIndex((name) => PROJECTS.test(name))
  return last < 0 ? '' : folders.slice(0, last + (folders[last + 1]?.startsWith('@') ? 3 : 2)).join('/')
}

/** The version and language that a file is for, by its folders and its name; empty where none is named. */
export function editionOf(path: string): string {
  const names = path.toLowerCase().split('/')
  const [, suffix] = /[._-]([a-z]{2}(?:[-_][a-z]{2,4})?)\.[^.]+$/.exec(names.pop()!) ?? []
  const folders = names.filter((name) => VERSION.test(name) || isLanguage(name))
  return [...folders, ...(suffix !== undefined && isLanguage(suffix) ? [suffix] : [])].join('/')
}

/** Made when it is first needed: it takes 15 ms, a tenth of a run over a few files. */
let languages: Intl.DisplayNames | undefined

/** Is a name that of a language, as `fr`, `zh-CN` and `pt_BR` are? */
function isLanguage(name: string): boolean {
  if (!LANGUAGE.test(name)) return false
  try {
    languages ??= new Intl.DisplayNames(['en'], {type: 'language', fallback: 'none'})
    return languages.of(name.replaceAll('_', '-')) !== undefined
  } catch {
    return false
  }
}
