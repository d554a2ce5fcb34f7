import {nameOf} from '../../../text/paths.ts'
import type {Platform} from '../../platform.ts'
import {configuredBy, onlyIf} from '../../shared/configured-by.ts'

/** The extension of an editor that a workspace recommends, or settings of it. */
const EXTENSION = /"foam\.(?:foam-vscode"|\w)/

/** Foam: https://foambubble.github.io/foam. Its notes link to each other as those of Obsidian do. */
export const foam = {
  name: 'foam',
  docs: {
    title: 'Foam',
    detectedBy:
      '`.vscode/foam.json`, or `.vscode/extensions.json` or `.vscode/settings.json` that names the extension; pages that another site publishes remain with that',
    knows: 'what it knows of Obsidian, and the link reference definitions that Foam writes for wikilinks',
  },
  ...onlyIf(
    configuredBy('.vscode/foam.json', '.vscode/extensions.json', '.vscode/settings.json'),
    async ({file}, tree) => nameOf(file) === 'foam.json' || EXTENSION.test(await tree.read(file)),
  ),
  yields: 'always',
  describe: async (ctx) => (await import('../obsidian/describe.ts')).describeObsidian(ctx),
} as const satisfies Platform
