import {readFile} from 'node:fs/promises'
import path from 'node:path'
import {document} from './html/document.ts'
import {listFindings} from './html/findings.ts'
import {graphOf} from './html/graph.ts'
import {layoutGraph} from './html/layout.ts'
import {plural} from './numbers.ts'
import {packageFile} from './package-info.ts'
import type {Report} from './report.ts'
import {skippedCount} from './skipped.ts'
import {checkedCount} from './summary.ts'

/** The files that make the report's script and style; their order matters. */
const SCRIPTS = [
  'data',
  'store',
  'theme',
  'files',
  'filters',
  'list',
  'editor',
  'view',
  'nodes',
  'names',
  'draw',
  'picture',
]
const STYLES = ['base', 'filters', 'picture', 'list', 'responsive', 'print']

/** The report as one HTML file: a list of findings to search and filter, and a picture of the links between pages. */
export async function htmlReporter(report: Report): Promise<string> {
  const [style, script] = await Promise.all([readShipped(STYLES, 'css'), readShipped(SCRIPTS, 'js')])
  const graph = graphOf(report)
  const findings = await listFindings(report, graph)
  // The summary begins with a block of counts by rule and a line with the duration.
  const notes = report.summary.split('\n\n').at(-1)!.split('\n').slice(1)
  if (findings.omitted > 0)
    notes.push(
      `${plural(findings.omitted, 'more finding')} not shown to keep the browser responsive; other reporters list all of them`,
    )
  return document({
    name: path.basename(report.root),
    version: report.version,
    style,
    script: `'use strict'\n{\n${script}}\n`,
    findings,
    graph,
    layout: layoutGraph(graph),
    errors: report.counts.errors,
    warnings: report.counts.warnings,
    pagesWithFindings: report.pages.filter(
      ({isBaseline}, index) => !isBaseline && report.files[index]!.messages.length > 0,
    ).length,
    checkedPages: checkedCount(report.pages),
    skippedLinks: skippedCount(report.pages),
    notes,
  })
}

/** With LF as line endings: browsers hash the parsed text, in which every line ending is LF. */
async function readShipped(names: string[], extension: string): Promise<string> {
  const texts = names.map((name) =>
    readFile(packageFile(`src/report/html/client/${name}.${extension}`), 'utf8'),
  )
  return (await Promise.all(texts)).join('\n').replaceAll('\r\n', '\n')
}
