import type {Keys} from './formats.ts'

/** A mistake in a configuration, to be reported at the place of its key. */
export class KeyFault extends Error {
  override name = 'KeyFault'
  readonly keys: Keys

  constructor(keys: Keys, message: string) {
    super(message)
    this.keys = keys
  }
}

/** Keys as in JavaScript: `['sites', 0, 'root']` → `sites[0].root` */
export const shownKeys = (keys: Keys): string =>
  keys.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${key}`)).join('')

/** A file or package that a configuration names. */
export interface Mention {
  /** The keys of the setting that names it. */
  keys: Keys
  /** Its name and that of the setting, for messages. */
  words: string
}
