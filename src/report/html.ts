import {readFile} from 'node:fs/promises'
import path from 'node:path'
import {document} from './html/document.ts'
import {plural} from './html/escape.ts'
import {listFindings} from './html/findings.ts'
import {graphOf} from './html/graph.ts'
import {layoutGraph} from './html/layout.ts'
import {packageFile} from './package-info.ts'
import type {Report} from './report.ts'
import {checkedCount} from './summary.ts'

/** The parts of the report's script and style, in the order in which they count. */
const SCRIPTS = ['data', 'theme', 'list', 'view', 'draw', 'picture']
const STYLES = ['base', 'filters', 'picture', 'list', 'room', 'paper']

/** The report as one HTML file: findings to search and filter, and a picture of the links between pages. */
export async function htmlReporter(report: Report): Promise<string> {
  const [style, script] = await Promise.all([readShipped(STYLES, 'css'), readShipped(SCRIPTS, 'js')])
  const graph = graphOf(report)
  const listed = await listFindings(report, graph)
  // Of the closing lines the first block counts by rule, and the next line says how long it took.
  const notes = report.summary.split('\n\n').at(-1)!.split('\n').slice(1)
  if (listed.omitted > 0)
    notes.push(
      `${plural(listed.omitted, 'more finding')} not shown: a browser would be slow. The other reporters tell them.`,
    )
  return document({
    name: path.basename(report.root),
    version: report.version,
    style,
    script: `'use strict'\n{\n${script}}\n`,
    listed,
    graph,
    layout: layoutGraph(graph),
    errors: report.counts.errors,
    warnings: report.counts.warnings,
    withFindings: report.pages.filter(
      ({isBaseline}, index) => !isBaseline && report.files[index]!.messages.length > 0,
    ).length,
    checked: checkedCount(report.pages),
    notes,
  })
}

/** Browsers hash what they have parsed, and parsing leaves LF of each line ending. */
async function readShipped(names: string[], extension: string): Promise<string> {
  const texts = names.map((name) =>
    readFile(packageFile(`src/report/html/client/${name}.${extension}`), 'utf8'),
  )
  return (await Promise.all(texts)).join('\n').replaceAll('\r\n', '\n')
}
