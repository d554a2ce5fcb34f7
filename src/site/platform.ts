import type {Lookup} from './shared/lookup.ts'
import type {Marker, Site, World} from './types.ts'

/** Reads the configuration of the site that was found, and makes it. */
export type MakeSite = (world: World, lookup: Lookup, marker: Marker) => Promise<Site>
