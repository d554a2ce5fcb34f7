import {readFile} from 'node:fs/promises'
import path from 'node:path'
import {shipped} from '../about.ts'
import {document} from './html/document.ts'
import {plural} from './html/escape.ts'
import {listFindings} from './html/findings.ts'
import {graphOf} from './html/graph.ts'
import {layOut} from './html/layout.ts'
import type {Report} from './report.ts'

/** The parts of the report's script, in the order in which they run. */
const SCRIPTS = ['data', 'theme', 'list', 'view', 'draw', 'picture'] as const

/** The report as one HTML file: findings to search and filter, and a picture of the links between pages. */
export async function htmlReporter(report: Report): Promise<string> {
  const [style, ...scripts] = await Promise.all([
    readShipped('style.css'),
    ...SCRIPTS.map((name) => readShipped(`client/${name}.js`)),
  ])
  const graph = graphOf(report)
  const listed = await listFindings(report, graph)
  // Of the closing lines the first block counts by rule, and the next line says how long it took.
  const notes = report.summary.split('\n\n').at(-1)!.split('\n').slice(1)
  if (listed.left > 0)
    notes.push(
      `${plural(listed.left, 'more finding')} not shown: a browser would be slow. The other reporters tell them.`,
    )
  return document({
    name: path.basename(report.root),
    version: report.version,
    style: style!,
    script: `'use strict'\n{\n${scripts.join('\n')}}\n`,
    listed,
    graph,
    layout: layOut(graph),
    errors: report.counts.errors,
    warnings: report.counts.warnings,
    withFindings: report.files.filter(({messages}) => messages.length > 0).length,
    checked: report.pages.length,
    notes,
  })
}

/** Browsers hash what they have parsed, and parsing leaves LF of each line ending. */
const readShipped = async (name: string) =>
  (await readFile(shipped(`src/report/html/${name}`), 'utf8')).replaceAll('\r\n', '\n')
