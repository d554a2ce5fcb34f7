// The scripts in this folder are concatenated into one, and share their scope.
// Page texts and file names enter the document as text only, never as HTML.

/**
 * One dot of the picture.
 *
 * @typedef {{path: string, kind: 'page' | 'orphan' | 'unchecked' | 'missing', x: number, y: number, r: number,
 *   in: number, out: number, errors: number, warnings: number, infos: number, folder: number}} Dot
 */

/**
 * The data that the reporter embeds, with dots as rows.
 *
 * @typedef {{dots: [string, Dot['kind'], number, number, number, number, number, number, number, number, number][],
 *   links: number[], broken: number[], folders: [string, number, number, number][],
 *   orphans?: {x: number, y: number, width: number, height: number}, rules: string[], findings: number, name: string}} Data
 */

/**
 * The element with an id, which the reporter writes.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id))

const data = /** @type {Data} */ (JSON.parse(byId('data').textContent ?? ''))

/** @type {Dot[]} */
const dots = data.dots.map(([path, kind, x, y, r, into, out, errors, warnings, infos, folder]) => ({
  path,
  kind,
  x,
  y,
  r,
  in: into,
  out,
  errors,
  warnings,
  infos,
  folder,
}))

/** Dots by path; a page takes precedence over a missing target. */
const dotByPath = new Map(
  dots
    .map(({path}, at) => [path, at])
    .reverse()
    .map(([path, at]) => [String(path), Number(at)]),
)

/**
 * A count with its noun: `1,500 files`
 *
 * @param {number} value
 * @param {string} noun
 */
const plural = (value, noun) => `${value.toLocaleString('en')} ${noun}${value === 1 ? '' : 's'}`

document.documentElement.classList.add('js')
