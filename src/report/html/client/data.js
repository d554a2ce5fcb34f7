// The parts of this folder are put into one script, one behind the other, and see each other's names.
// Texts of pages and file names reach the document as text only.

/**
 * One dot of the picture.
 *
 * @typedef {{path: string, kind: 'page' | 'orphan' | 'unchecked' | 'missing', x: number, y: number, r: number,
 *   in: number, out: number, errors: number, warnings: number, infos: number}} Dot
 */

/**
 * What the report's maker left here, its rows still rows.
 *
 * @typedef {{dots: [string, Dot['kind'], number, number, number, number, number, number, number, number][],
 *   links: number[], broken: number[], bubbles: [string, number, number, number][],
 *   orphans?: {x: number, y: number, width: number, height: number}}} Data
 */

/**
 * The element with an id; the report's maker put it there.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id))

const data = /** @type {Data} */ (JSON.parse(byId('data').textContent ?? ''))

/** @type {Dot[]} */
const dots = data.dots.map(([path, kind, x, y, r, into, out, errors, warnings, infos]) => ({
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
}))

/** Dots by their paths; a page wins over a target that is missing. */
const dotOf = new Map(
  dots
    .map(({path}, at) => [path, at])
    .reverse()
    .map(([path, at]) => [String(path), Number(at)]),
)

/**
 * @param {number} value
 * @param {string} noun
 */
const plural = (value, noun) => `${value.toLocaleString('en')} ${noun}${value === 1 ? '' : 's'}`

document.documentElement.classList.add('js')
