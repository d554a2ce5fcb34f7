import {LANGUAGE_ENDING} from './places.ts'

/** A folder of a language: `fr`, `pt-br`, `zh-Hans`. */
const LANGUAGE = /^[a-z]{2}(?:[-_][a-z]{2,4})?$/i
/** More translations of a page are not looked at. */
const MOST = 40

/** Finds the translations of pages: their paths differ in the name of a language, and in nothing else. */
export class Translations {
  readonly #byPath = new Map<string, string[]>()

  constructor(paths: Iterable<string>) {
    for (const path of paths) {
      const key = withoutLanguage(path)
      const known = this.#byPath.get(key)
      if (known) known.push(path)
      else this.#byPath.set(key, [path])
    }
  }

  /** The translations of a page, without the page itself. */
  of(path: string): string[] {
    const alike = this.#byPath.get(withoutLanguage(path)) ?? []
    return alike.filter((each) => each !== path).slice(0, MOST)
  }
}

/** The path that all translations of a page share: `docs/fr/guide.md`, `docs/guide.fr.md` → `docs/guide.md` */
export const withoutLanguage = (path: string): string =>
  path
    .replace(LANGUAGE_ENDING, '')
    .split('/')
    .filter((segment) => !LANGUAGE.test(segment))
    .join('/')
