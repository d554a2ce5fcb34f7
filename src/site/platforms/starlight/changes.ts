import type {Doubt} from '../../doubts.ts'

/** Does a package or code add something at a path below the base? */
export type Adds = (path: string) => boolean

/** A reason why there may be pages or files that no source shows. */
export interface Addition {
  doubt: Doubt
  /** Can it be about a path below the base? Without it, it is about all paths. */
  covers?: Adds
}

/** What code and packages may change on a site. */
export interface Changes {
  additions: Addition[]
  /** The reasons why pages may have ids other than the default ones. */
  ids: Doubt[]
  /** The reasons why links in Markdown may lead elsewhere. */
  links: LinkChange[]
  /** Code or a package may extend the syntax that pages are parsed with. */
  extendSyntax?: true
}

/** A reason why links in Markdown may lead elsewhere. */
export interface LinkChange {
  doubt: Doubt
  /** May the paths of images change, too? */
  changesImages: boolean
}
