import {nameOf} from '../text/paths.ts'

/** Files of hosts and generators with redirects as data, by their names. */
const TABLE =
  /^(?:_redirects|netlify\.toml|vercel\.json|staticwebapp\.config\.json|firebase\.json|(?:docs|mint)\.json|(?:redirects?|old[-_]?urls?)\.(?:ya?ml|json)|_redirects\.ya?ml)$/

/** Configurations of generators that may contain redirects. */
const CONFIGURATION = /^(?:(?:astro|docusaurus|next)\.config\.[cm]?[jt]s|mkdocs\.ya?ml)$/

/** Modules from which configurations import their redirects. */
const MODULE = /^redirects(?:\.config)?\.[cm]?[jt]s$/

/** Does a module contain nothing but redirects, by its name? */
export const isRedirectModule = (path: string): boolean => MODULE.test(nameOf(path))

/** Does a file contain redirects as data? Others in code and for source files are not among them. */
export const isRedirectTable = (path: string): boolean => TABLE.test(nameOf(path))

/** Is a file the configuration of Mintlify, by its name, whose redirects apply to the site in its folder alone? */
export const isRedirectsOfOneSite = (path: string): boolean => /^(?:docs|mint)\.json$/.test(nameOf(path))

/** May a file contain redirects whose destinations can be checked? */
export const mayHaveDestinations = (path: string): boolean =>
  isRedirectTable(path) || isRedirectModule(path) || CONFIGURATION.test(nameOf(path))
