import {lineStarts} from '../text/lines.ts'
import type {Page} from './types.ts'

/** The facts of a file in which nothing has been found yet. */
export function emptyPage(path: string, source: string): Page {
  const lines = lineStarts(source)
  return {
    path,
    lines,
    end: source.length,
    // The first line ending is taken for all.
    eol: source.startsWith('\r\n', (lines[1] ?? 0) - 2) ? '\r\n' : '\n',
    headings: [],
    ids: [],
    definitions: [],
    references: [],
    links: [],
    opaqueContent: [],
    componentProps: [],
    hasLintComments: false,
  }
}
