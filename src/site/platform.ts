import type {Lookup} from './shared/lookup.ts'
import type {Marker, PageSource, Site} from './types.ts'

/** Reads the configuration of the site that was found, and makes it. */
export type MakeSite = (world: PageSource, lookup: Lookup, marker: Marker) => Promise<Site>
