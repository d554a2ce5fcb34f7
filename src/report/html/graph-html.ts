import {safeHtml} from '../../text/safe.ts'
import {formatNumber, plural} from '../numbers.ts'
import type {Graph} from './graph.ts'

/** The counts of the link graph, as plain text: `12 pages, 30 links, 2 broken, 1 missing target` */
export function summarizeGraph({dots, links}: Graph): string {
  const of = (kind: string) => dots.filter((dot) => dot.kind === kind).length
  const broken = links.filter((link) => link.broken).length
  return [
    plural(of('page') + of('orphan'), 'page'),
    plural(links.length, 'link'),
    broken > 0 && `${formatNumber(broken)} broken`,
    of('missing') > 0 && plural(of('missing'), 'missing target'),
    of('orphan') > 0 && plural(of('orphan'), 'orphan'),
    of('unchecked') > 0 && `${plural(of('unchecked'), 'more page')} not checked`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** The link graph as lists and a table, as an alternative to the picture. */
export function graphAsHtml({dots}: Graph): string {
  const all = dots.map((dot, at) => ({...dot, at}))
  all.sort((a, b) => b.in - a.in || (a.path < b.path ? -1 : a.path === b.path ? 0 : 1))
  const pages = all.filter(({kind}) => kind !== 'missing')
  const missing = all.filter(({kind}) => kind === 'missing')
  const orphans = all.filter(({kind}) => kind === 'orphan')
  const rows = pages.map(
    (dot) =>
      `<tr><th scope="row">${dotButton(dot)}${dot.kind === 'unchecked' ? ' <i>not checked</i>' : ''}</th><td>${formatNumber(dot.in)}</td>` +
      `<td>${formatNumber(dot.out)}</td><td>${formatNumber(dot.errors + dot.warnings + dot.infos)}</td></tr>`,
  )
  return [
    missing.length > 0 &&
      details(
        'broken',
        `${plural(missing.length, 'missing target')}`,
        `<ol>${missing.map((dot) => `<li>${dotButton(dot)} <span class="link-count">${plural(dot.in, 'page')}</span></li>`).join('')}</ol>`,
      ),
    orphans.length > 0 &&
      details(
        'orphans',
        plural(orphans.length, 'orphan page'),
        `<p>No checked page links to these pages. Links in menus are not checked.</p><ul>${orphans.map((dot) => `<li>${dotButton(dot)}</li>`).join('')}</ul>`,
      ),
    details(
      'pages',
      `All ${plural(pages.length, 'page')}, most linked first`,
      `<table><thead><tr><th scope="col">Page</th><th scope="col"><abbr title="Pages that link to it">In</abbr></th>` +
        `<th scope="col"><abbr title="Pages it links to">Out</abbr></th><th scope="col">Findings</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
    ),
  ]
    .filter(Boolean)
    .join('\n')
}

const dotButton = ({path, at}: {path: string; at: number}) =>
  `<button type="button" class="dot" data-dot="${at}">${safeHtml(path)}</button>`

const details = (id: string, title: string, body: string) =>
  `<details class="graph-text" id="${id}"><summary>${title}</summary><div>${body}</div></details>`
