import {decodePercent, withoutQuery} from '../../../text/urls.ts'
import type {PageSource} from '../../platform.ts'
import {record} from '../../shared/data.ts'

/** So many pages show what the uids with a prefix stand for. */
const FEWEST = 3

/** The uid that a link names, and its fragment: `xref:docs.install?title=Install#unix`; undefined for another link. */
export function readXref(url: string): {uid: string; fragment: string | undefined} | undefined {
  const text = url.trim()
  if (!/^xref:/i.test(text)) return
  const hash = text.indexOf('#')
  const uid = decodePercent(withoutQuery(text.slice('xref:'.length)))
  return {uid, fragment: hash < 0 ? undefined : decodePercent(text.slice(hash + 1))}
}

/** The pages of a tree by the uids in their front matter. */
export class Uids {
  readonly #pages = new Map<string, string>()
  readonly #prefixes = new Map<string, number>()

  constructor(files: Iterable<string>, source: PageSource) {
    for (const file of files) {
      const {uid} = record(source.page(file)?.frontMatter?.data)
      if (typeof uid !== 'string' || this.#pages.has(uid)) continue
      this.#pages.set(uid, file)
      const prefix = prefixOf(uid)
      this.#prefixes.set(prefix, (this.#prefixes.get(prefix) ?? 0) + 1)
    }
  }

  /** The page with a uid. */
  page(uid: string): string | undefined {
    return this.#pages.get(uid)
  }

  /** Do only pages have uids of that form? The uids of code begin with a capital, or have a capital after a dot. */
  isOfPages(uid: string): boolean {
    const prefix = prefixOf(uid)
    return prefix !== '' && !/^\p{Lu}|\.\p{Lu}/u.test(uid) && (this.#prefixes.get(prefix) ?? 0) >= FEWEST
  }
}

/** `docs.install` → `docs.` */
const prefixOf = (uid: string) => uid.slice(0, Math.max(uid.lastIndexOf('.'), uid.lastIndexOf('/')) + 1)
