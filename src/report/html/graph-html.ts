import {safeHtml} from '../../text/safe.ts'
import {digits, plural} from './escape.ts'
import type {Graph} from './graph.ts'

/** The picture of links in one sentence, as plain text. */
export function summarizeGraph({dots, links}: Graph): string {
  const of = (kind: string) => dots.filter((dot) => dot.kind === kind).length
  const broken = links.filter((link) => link.broken).length
  return [
    plural(of('page') + of('orphan'), 'page'),
    plural(links.length, 'link'),
    broken > 0 && `${digits(broken)} broken`,
    of('missing') > 0 && plural(of('missing'), 'missing target'),
    of('orphan') > 0 && plural(of('orphan'), 'orphan'),
    of('unchecked') > 0 && `${plural(of('unchecked'), 'more page')} not checked`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** What the picture of links shows, for those who cannot see it or would rather read. */
export function graphAsHtml({dots}: Graph): string {
  const all = dots.map((dot, at) => ({...dot, at}))
  all.sort((a, b) => b.in - a.in || (a.path < b.path ? -1 : a.path === b.path ? 0 : 1))
  const pages = all.filter(({kind}) => kind !== 'missing')
  const missing = all.filter(({kind}) => kind === 'missing')
  const orphans = all.filter(({kind}) => kind === 'orphan')
  const rows = pages.map(
    (dot) =>
      `<tr><th scope="row">${name(dot)}${dot.kind === 'unchecked' ? ' <i>not checked</i>' : ''}</th><td>${digits(dot.in)}</td>` +
      `<td>${digits(dot.out)}</td><td>${digits(dot.errors + dot.warnings + dot.infos)}</td></tr>`,
  )
  return [
    missing.length > 0 &&
      details(
        'broken',
        `${plural(missing.length, 'missing target')}`,
        `<ol>${missing.map((dot) => `<li>${name(dot)} <span class="times">${plural(dot.in, 'page')}</span></li>`).join('')}</ol>`,
      ),
    orphans.length > 0 &&
      details(
        'orphans',
        plural(orphans.length, 'orphan page'),
        `<p>No checked page links to these. Menus are not looked at.</p><ul>${orphans.map((dot) => `<li>${name(dot)}</li>`).join('')}</ul>`,
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

const name = ({path, at}: {path: string; at: number}) =>
  `<button type="button" class="dot" data-dot="${at}">${safeHtml(path)}</button>`

const details = (id: string, title: string, body: string) =>
  `<details class="words" id="${id}"><summary>${title}</summary><div>${body}</div></details>`
