/** The number of names above which others are left out. */
const MAX_NAMES = 160

/**
 * The shortest names that tell paths apart, by their last segments: `geps/a/index.md` and `geps/b/index.md` →
 * `a/index.md` and `b/index.md`
 *
 * @param {string[]} paths
 * @returns {string[]}
 */
function shortNames(paths) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  // A page may have the path of a missing target, and both the same name.
  for (const path of new Set(paths))
    for (const end of endsOf(path)) counts.set(end, (counts.get(end) ?? 0) + 1)
  return withoutMiddle(paths.map((path) => endsOf(path).find((end) => counts.get(end) === 1) ?? path))
}

/** `a/b/c` → `c`, `b/c`, `a/b/c` @param {string} path */
const endsOf = (path) => path.split('/').map((_, at, parts) => parts.slice(parts.length - 1 - at).join('/'))

/** Long names lose what is between their first and last segment, if they still differ. @param {string[]} names */
function withoutMiddle(names) {
  const short = names.map((name) => name.replace(/^([^/]+)\/.{8,}\/([^/]+)$/, '$1/…/$2'))
  /** @type {Map<string, number>} */
  const counts = new Map()
  for (const name of short) counts.set(name, (counts.get(name) ?? 0) + 1)
  return names.map((name, at) => (counts.get(short[at] ?? '') === 1 ? (short[at] ?? name) : name))
}

const dotNames = shortNames(dots.map(({path}) => path))
const folderNames = shortNames(data.folders.map(([name]) => name)).map((name) => name || '/')

/**
 * The space of a name, in CSS pixels.
 *
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 */

/**
 * A name, and the places where it may stand, as their left and top edges, best first.
 *
 * @typedef {{text: string, isFolder: boolean, places(width: number): [left: number, top: number][]}} Name
 */

const NAME_HEIGHT = 14
const names = byId('names')

/** @param {Box} a @param {Box} b */
const overlaps = (a, b) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top

/** The names around a node: below, above, beside it. @param {number} node @param {string} text @returns {Name} */
function nameAround(node, text) {
  const {x, y, r} = placeOf(node)
  const [left, top] = toScreen(x, y)
  const gap = (dots[node] ? radius(dots[node]) : r) * view.scale + 3
  return {
    text,
    isFolder: node >= dots.length,
    places: (width) => [
      [left - width / 2, top + gap],
      [left - width / 2, top - gap - NAME_HEIGHT],
      [left + gap, top - NAME_HEIGHT / 2],
      [left - gap - width, top - NAME_HEIGHT / 2],
    ],
  }
}

/** The name of a folder: at the center of a closed one, above an open one. @param {number} folder @returns {Name} */
function nameOfFolder(folder) {
  const {failed = 0, broken = 0} = folderFacts[folder] ?? {}
  const isOpen = opened.has(folder)
  const count = isOpen ? 0 : broken || failed
  const text = `${folderNames[folder]}${count > 0 ? ` ✕${count.toLocaleString('en')}` : ''}`
  const [, x = 0, y = 0, r = 0] = data.folders[folder] ?? []
  const [left, top] = toScreen(x, y)
  const edge = r * view.scale
  return {
    text,
    isFolder: true,
    places: (width) => {
      const center = left - width / 2
      /** @type {[number, number][]} */
      const outside = [
        [center, top - edge - NAME_HEIGHT],
        [center, top + edge],
      ]
      const middle = /** @type {[number, number]} */ ([center, top - NAME_HEIGHT / 2])
      return isOpen ? outside : width < edge * 2 ? [middle, ...outside] : [...outside, middle]
    },
  }
}

/**
 * All names, those that matter most first.
 *
 * @param {number | undefined} main
 * @param {Set<number> | undefined} linked
 * @returns {Name[]}
 */
function wantedNames(main, linked) {
  const {shown} = picture()
  const around = (/** @type {number} */ at) => nameAround(at, dotNames[at] ?? '')
  const mains = main === undefined ? [] : [main, ...(linked ?? [])].filter((at) => dots[at] && isDrawn(at))
  const hasRoom = view.scale >= 2 || shown.length <= 60
  // In their rows, names would cover the neighbors.
  const isLoose = (/** @type {number} */ at) => dots[at]?.kind !== 'orphan' || view.scale >= 2
  const folders = [...data.folders.keys()].filter((at) => (data.folders[at]?.[3] ?? 0) * view.scale >= 9)
  return [
    ...mains.slice(0, 15).map(around),
    ...folders.map(nameOfFolder),
    ...nameOfOrphans(),
    ...shown.filter((at) => dots[at]?.kind === 'missing').map(around),
    ...shown.filter((at) => troubles.has(at) && dots[at]?.kind !== 'missing').map(around),
    ...(hasRoom ? shown.filter((at) => !troubles.has(at) && isLoose(at)).map(around) : []),
  ]
}

/** @returns {Name[]} */
function nameOfOrphans() {
  if (!data.orphans) return []
  const {x, y, width} = data.orphans
  const [left, top] = toScreen(x + width / 2, y - 6)
  return [{text: 'Orphans', isFolder: true, places: (own) => [[left - own / 2, top - NAME_HEIGHT]]}]
}

/** Where a name stands: within the picture, and on no other one. @param {Name} name @param {number} width @param {Box[]} taken */
function placeName({places}, width, taken) {
  for (const [x, y] of places(width)) {
    if (x + width < 0 || x > view.width || y + NAME_HEIGHT < 0 || y > view.height) continue
    const left = Math.max(2, Math.min(view.width - width - 2, x))
    const top = Math.max(2, Math.min(view.height - NAME_HEIGHT - 2, y))
    const box = {left: left - 2, top, right: left + width + 2, bottom: top + NAME_HEIGHT}
    if (width < view.width - 4 && !taken.some((other) => overlaps(box, other))) return {left, top, box}
  }
}

/** Dots around broken links, which no name covers. @returns {Box[]} */
const boxesOfTroubles = () =>
  picture()
    .shown.filter((at) => troubles.has(at))
    .map((at) => {
      const {x, y} = placeOf(at)
      const [left, top] = toScreen(x, y)
      return {left: left - 4, top: top - 4, right: left + 4, bottom: top + 4}
    })

/**
 * Write the names that have room.
 *
 * @param {CanvasRenderingContext2D} paint Measures them.
 * @param {number | undefined} main
 * @param {Set<number> | undefined} linked
 */
function showNames(paint, main, linked) {
  const taken = boxesOfTroubles()
  /** @type {HTMLElement[]} */
  const elements = []
  const written = new Set()
  for (const name of wantedNames(main, linked)) {
    if (elements.length >= MAX_NAMES) break
    if (written.has(name.text) && !name.isFolder) continue
    paint.font = `${name.isFolder ? '600 11px' : '10.5px'} ${ink.font}`
    const width = Math.ceil(paint.measureText(name.text).width)
    const place = placeName(name, width, taken)
    if (!place) continue
    written.add(name.text)
    taken.push(place.box)
    const element = document.createElement('span')
    element.className = name.isFolder ? 'folder' : ''
    element.textContent = name.text
    element.style.left = `${place.left}px`
    element.style.top = `${place.top}px`
    elements.push(element)
  }
  names.replaceChildren(...elements)
}
