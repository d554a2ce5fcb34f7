import type {Platform} from '../../platform.ts'

/** Files in the folder of a vault's settings, and in those of its plugins and themes. */
const SETTINGS = [
  'app.json',
  'appearance.json',
  'backlink.json',
  'bookmarks.json',
  'community-plugins.json',
  'core-plugins.json',
  'core-plugins-migration.json',
  'daily-notes.json',
  'data.json',
  'graph.json',
  'hotkeys.json',
  'manifest.json',
  'page-preview.json',
  'starred.json',
  'switcher.json',
  'templates.json',
  'types.json',
  'workspace.json',
  'workspace-mobile.json',
  'workspaces.json',
  'zk-prefixer.json',
]

/** Obsidian: https://help.obsidian.md. Its vaults are folders that other programs may publish. */
export const obsidian = {
  name: 'obsidian',
  docs: {
    title: 'Obsidian',
    detectedBy:
      '`.obsidian/`, or wikilinks to pages beside a `.gitignore` that names it; pages that another site publishes remain with that',
    knows:
      'wikilinks, embeds, files by their names, nested headings, ids of blocks, aliases, comments; links that the host resolves are fine, too; notes that do not exist yet',
  },
  candidates: [...SETTINGS, '.gitignore'],
  detect: async (files, tree) =>
    // Nearly every tree has a `.gitignore`.
    files.length > 0 ? (await import('./detect.ts')).findVaults(files, tree) : [],
  yields: 'always',
  describe: async (ctx) => (await import('./describe.ts')).describeObsidian(ctx),
} as const satisfies Platform
