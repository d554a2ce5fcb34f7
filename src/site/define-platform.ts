import type {Description} from './description.ts'

/** A site of a platform that a plugin defines, as its `describe` gets it. All paths are from the tree's root. */
export interface PlatformSite {
  /** The site's folder; empty for the root itself. */
  root: string
  /** The file that identified the platform; absent if the configuration declares it there. */
  file?: string
  /** The paths of all files of the tree. */
  files: ReadonlySet<string>
  /** Read the text of a file of the tree. */
  read(path: string): Promise<string>
}

/** A folder, a list of folders, or the URL path of each folder. */
export type PlatformFolders = string | readonly string[] | Readonly<Record<string, string>>

/** A site as a platform describes it: an entry of `sites` in a configuration without `root` and `platform`. */
export interface PlatformDescription extends Omit<Description, 'root' | 'platform' | 'content' | 'assets'> {
  /** The folders of pages, relative to the site's folder. */
  content?: PlatformFolders
  /** The folders of files that are published as they are, relative to the site's folder. */
  assets?: PlatformFolders
}

/** A platform that a plugin defines. */
export interface PlatformDefinition {
  /** The name used in configurations and reports, in lower case: `vocs`. */
  name: string
  /** The files that identify a site, as paths from its folder: `['vocs.config.ts', '.vocs/config.ts']`. */
  configuredBy: readonly string[]
  /**
   * Describe a site, usually by what its configuration says. It is called before any page is read. Files of the tree are
   * not to be run.
   */
  describe(site: PlatformSite): PlatformDescription | Promise<PlatformDescription>
}

/** A plugin that defines a platform; doccheck takes its `platform`. */
export interface PlatformPlugin {
  platform: PlatformDefinition
}

/**
 * Define a platform: how its sites are detected and described. The result is the default export of a plugin.
 *
 * @example
 * export default definePlatform({
 *   name: 'vocs',
 *   configuredBy: ['vocs.config.ts'],
 *   describe: () => ({content: 'pages', assets: 'public', ids: 'github-slugger'}),
 * })
 */
export const definePlatform = (platform: PlatformDefinition): PlatformPlugin => ({platform})
