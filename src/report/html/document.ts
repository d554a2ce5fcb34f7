import {createHash} from 'node:crypto'
import {safeHtml, safeScript, visible} from '../../text/safe.ts'
import {formatNumber, plural} from '../numbers.ts'
import {messageHtml} from './escape.ts'
import type {FindingList} from './findings.ts'
import type {Graph} from './graph.ts'
import {graphAsHtml, summarizeGraph} from './graph-html.ts'
import type {Layout} from './layout.ts'

/** The parts of the document. */
export interface DocumentParts {
  /** The name of the checked folder, for the title. */
  name: string
  version: string
  style: string
  script: string
  findings: FindingList
  graph: Graph
  layout: Layout
  errors: number
  warnings: number
  /** The number of pages with findings and of checked pages. */
  pagesWithFindings: number
  checkedPages: number
  /** The number of links that were not judged. */
  skippedLinks: number
  /** Further facts about the run, one sentence each. */
  notes: readonly string[]
}

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='7' fill='%23356ae6'/%3E%3Cpath d='m4.5 8.3 2.4 2.4 4.6-5' fill='none' stroke='%23fff' stroke-width='1.8'/%3E%3C/svg%3E"

/** The choice of an editor that opens lines; the script knows the editors. */
const EDITOR =
  '<div class="editor live"><label>Editor <select id="editor"><option value="">none</option></select></label><label id="root-field" hidden>Folder <input type="text" id="root" autocomplete="off" spellcheck="false" placeholder="/home/me/docs"></label></div>'

/** The report as one file that loads nothing from the network and runs no script but its own. */
export function document(parts: DocumentParts): string {
  const {name, version, style, script, findings, graph, pagesWithFindings, checkedPages, notes} = parts
  const headline = headlineOf(parts)
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="doccheck ${safeHtml(version)}">
<meta name="referrer" content="no-referrer">
<title>${safeHtml(`${headline.map(([, text]) => text).join(', ')} – ${name} – doccheck`)}</title>
<link rel="icon" href="${ICON}">
<style>${style}</style>
</head>
<body class="${findings.total === 0 ? 'clean' : 'dirty'}">
<a class="skip" href="#findings">Skip to the findings</a>
<header class="top">
<div><p class="name">doccheck <span>${safeHtml(name)}</span></p>
<h1>${headline.map(([kind, text]) => `<span class="${kind}">${safeHtml(text)}</span>`).join(', ')}</h1>
<p class="scope">${findings.total === 0 ? '' : `in ${formatNumber(pagesWithFindings)} of ${plural(checkedPages, 'page')}`}</p></div>
${findings.total === 0 ? '' : EDITOR}<button type="button" id="theme" class="live" aria-pressed="false">Dark theme</button>
</header>
<main>
${findings.total === 0 ? '' : filters(parts)}
<div class="aside">
${findings.total === 0 ? '' : '<details class="files live" id="file-list" open><summary><h2>Files</h2> <span class="count"></span></summary><ol></ol></details>'}
<details class="map" id="map" open><summary><h2>Links</h2></summary><div class="map-body">
<div class="tools live" role="group" aria-label="Graph view"><button type="button" id="zoom-in" aria-label="Zoom in">+</button><button type="button" id="zoom-out" aria-label="Zoom out">−</button><button type="button" id="fit">Fit</button><button type="button" id="folders" hidden>Open all</button><button type="button" id="enlarge" aria-pressed="false">Enlarge</button></div>
<p class="scope">${safeHtml(summarizeGraph(graph))}</p>
<div class="picture live"><canvas id="picture" tabindex="0" role="application" aria-roledescription="graph of links" aria-label="Pages as dots, with the links between them" aria-describedby="keys"></canvas><p id="keys" class="keys">Arrow keys move between dots and folders, Enter shows a dot’s findings or opens a folder, + and − or the wheel zoom, 0 fits the graph</p><div id="names" aria-hidden="true"></div><div id="tip" hidden></div></div>
${legend(graph)}
<p id="announcement" class="visually-hidden" aria-live="polite"></p>
${graphAsHtml(graph)}
</div></details>
</div>
<section class="list" id="findings" tabindex="-1" aria-labelledby="list-title">
<h2 id="list-title">Findings</h2>
${notes.length === 0 ? '' : `<div class="notice">${notes.map((note) => `<p>${messageHtml(note)}</p>`).join('')}</div>`}
${findings.html || (checkedPages > 0 ? '<p class="empty">No findings.</p>' : '')}
<p class="empty" id="no-match" hidden>No findings match the filters. <button type="button" class="clear">Clear filters</button></p>
</section>
</main>
<footer><p>Made by doccheck ${safeHtml(version)}. <span class="live"><kbd>/</kbd> searches, <kbd>Esc</kbd> clears.</span></p></footer>
<script type="application/json" id="data">${safeScript(dataOf(parts))}</script>
<script>${script}</script>
</body>
</html>
`
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** The result of the run in a few words, each part with the class that colors it. */
function headlineOf(parts: DocumentParts): [className: string, text: string][] {
  const {errors, warnings, checkedPages} = parts
  const {total} = parts.findings
  if (checkedPages === 0 && total === 0) return [['warning', 'No pages checked']]
  if (errors + warnings === 0)
    return [
      ['good', `No problems ${parts.skippedLinks > 0 ? 'found ' : ''}in ${plural(checkedPages, 'page')}`],
      ...(total > 0 ? [noteCount(total)] : []),
    ]
  return [
    ...(errors > 0 ? [['error', plural(errors, 'error')] as [string, string]] : []),
    ...(warnings > 0 ? [['warning', plural(warnings, 'warning')] as [string, string]] : []),
  ]
}

const noteCount = (total: number): [string, string] => ['info', plural(total, 'note')]

function filters({findings: {rules, total, likely, fixable}, errors, warnings}: DocumentParts): string {
  const chip = (group: string, value: string, label: string, count: number, className = '') =>
    count === 0
      ? ''
      : `<label class="chip${className}"><input type="checkbox" name="${group}" value="${value}"><span>${label} <b>${formatNumber(count)}</b></span></label>`
  const severities = [
    chip('severity', 'error', 'Errors', errors, ' error'),
    chip('severity', 'warning', 'Warnings', warnings, ' warning'),
    chip('severity', 'info', 'Notes', total - errors - warnings, ' info'),
  ]
  const certainties = [
    likely === 0 ? '' : chip('certainty', 'certain', 'Certain', total - likely),
    chip('certainty', 'likely', 'Likely', likely),
    chip('fix', 'yes', 'Fixable', fixable),
  ]
  return `<form class="filters live" role="search" aria-label="Findings">
<label class="field">Search <kbd>/</kbd><input type="search" id="search" name="q" autocomplete="off" spellcheck="false" placeholder="message, file, text"></label>
<label class="field">File or folder<input type="text" id="file" name="file" list="files" autocomplete="off" spellcheck="false" placeholder="docs/guide"></label>
<datalist id="files"></datalist>
<fieldset><legend>Severity</legend>${severities.join('')}${certainties.join('')}</fieldset>
<fieldset class="rules"><legend>Rule</legend>${rules.map(([rule, count]) => chip('rule', safeHtml(rule), safeHtml(rule), count)).join('')}</fieldset>
<p class="state"><output id="state">${plural(total, 'finding')}</output> <button type="button" class="clear" hidden>Clear filters</button><button type="button" id="fold">Fold all</button></p>
</form>`
}

function legend({dots, links}: Graph): string {
  const entries: [string, string, boolean][] = [
    ['page', 'page', true],
    ['warned', 'with warnings', dots.some(({errors, warnings}) => warnings > 0 && errors === 0)],
    ['failed', 'with errors', dots.some(({errors}) => errors > 0)],
    ['orphan', 'orphan: no page links to it', dots.some(({kind}) => kind === 'orphan')],
    ['unchecked', 'not checked', dots.some(({kind}) => kind === 'unchecked')],
    ['missing', 'missing', dots.some(({kind}) => kind === 'missing')],
    ['line', 'link', links.some(({broken}) => !broken)],
    ['snapped', 'broken link', links.some(({broken}) => broken)],
  ]
  // The picture takes its colors from the legend, which is why hidden entries must exist.
  return `<ul class="legend live">${entries
    .map(
      ([kind, label, isShown]) => `<li${isShown ? '' : ' hidden'}><i class="key ${kind}"></i>${label}</li>`,
    )
    .join('')}</ul>`
}

/** The data of the script: the picture, flat, since it is most of the file if there are few findings, and the rules. */
function dataOf({
  name,
  graph: {dots, links},
  layout: {dots: circles, folderOf, folders, orphans},
  findings,
}: DocumentParts) {
  return {
    dots: dots.map(({path, kind, in: into, out, errors, warnings, infos}, at) => {
      const {x, y, r} = circles[at]!
      return [visible(path), kind, x, y, r, into, out, errors, warnings, infos, folderOf[at]]
    }),
    links: links.flatMap(({from, to, broken}) => (broken ? [] : [from, to])),
    broken: links.flatMap(({from, to, broken}) => (broken ? [from, to] : [])),
    folders: folders.map(({name, x, y, r}) => [visible(name), x, y, r]),
    orphans,
    rules: findings.rules.map(([rule]) => visible(rule)),
    findings: findings.total - findings.omitted,
    name: visible(name),
  }
}
