import {VFile} from 'vfile'
import {severityOf} from './finding-message.ts'

/** The orders of `--sort`: as in the files, or errors of all files before warnings. */
export const SORTS = ['position', 'severity'] as const

/** One of {@link SORTS}. */
export type Sort = (typeof SORTS)[number]

/** The files with their errors, then those with warnings, then those with notes. */
export const bySeverity = (files: readonly VFile[]): VFile[] =>
  (['error', 'warning', 'info'] as const).flatMap((severity) =>
    files.map(({path, messages}) =>
      Object.assign(new VFile({path}), {
        messages: messages.filter((message) => severityOf(message) === severity),
      }),
    ),
  )
