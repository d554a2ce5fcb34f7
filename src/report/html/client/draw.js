/** The number of lines above which lines are thinned out while the picture moves. */
const MAX_MOVING_LINES = 4000

/** Colors and the font, which the stylesheet decides. @type {Record<string, string>} */
let ink = {}

function readInk() {
  const of = (/** @type {string} */ key) =>
    getComputedStyle(/** @type {Element} */ (document.querySelector(`.key.${key}`))).color
  ink = Object.fromEntries(
    ['page', 'warned', 'failed', 'orphan', 'unchecked', 'missing', 'line', 'snapped'].map((key) => [
      key,
      of(key),
    ]),
  )
  ink.text = getComputedStyle(canvas).color
  ink.folder = getComputedStyle(frame).borderTopColor
  ink.ground = getComputedStyle(frame).backgroundColor
  ink.font = getComputedStyle(document.body).fontFamily
}

/** The linked dots of each dot, computed on first use. @type {Map<number, Set<number>> | undefined} */
let neighbors

/** @param {number} at @returns {Set<number>} */
function neighborsOf(at) {
  neighbors ??= findNeighbors()
  return neighbors.get(at) ?? new Set()
}

/** @returns {Map<number, Set<number>>} */
function findNeighbors() {
  /** @type {Map<number, Set<number>>} */
  const found = new Map()
  const add = (/** @type {number} */ one, /** @type {number} */ other) =>
    found.set(one, (found.get(one) ?? new Set()).add(other))
  for (const ends of [data.links, data.broken])
    for (let i = 0; i < ends.length; i += 2) {
      const [from, to] = [ends[i] ?? 0, ends[i + 1] ?? 0]
      add(from, to)
      add(to, from)
    }
  return found
}

/** Folders and lines, which stay the same while the pointer moves from dot to dot. */
const ground = document.createElement('canvas')
let drawnGround = ''

/** Draw in units of the picture. @param {CanvasRenderingContext2D} paint */
function usePictureUnits(paint) {
  const scale = (canvas.width / Math.max(1, view.width)) * view.scale
  const density = scale / view.scale
  paint.setTransform(scale, 0, 0, scale, density * view.x, density * view.y)
}

/** @param {number} step Draw one line out of this many. */
function drawGround(step) {
  const wanted = JSON.stringify([view, canvas.width, canvas.height, step, ink])
  if (wanted === drawnGround) return
  drawnGround = wanted
  ground.width = canvas.width
  ground.height = canvas.height
  const paint = ground.getContext('2d')
  if (!paint) return
  usePictureUnits(paint)
  drawFolders(paint)
  paint.lineWidth = 0.8 / view.scale
  paint.strokeStyle = ink.line ?? ''
  paint.globalAlpha = Math.max(0.12, Math.min(0.55, 60 / Math.sqrt(data.links.length + 1)))
  // Orphans are drawn apart: their links would cross everything.
  drawLines(paint, data.links, (from) => dots[from]?.kind !== 'orphan', step)
  paint.strokeStyle = ink.snapped ?? ''
  paint.lineWidth = 1.2 / view.scale
  paint.globalAlpha = Math.max(0.3, Math.min(0.85, 8 / Math.sqrt(data.broken.length + 1)))
  drawLines(paint, data.broken, () => true, step)
}

/**
 * Draw the picture.
 *
 * @param {{hovered: number | undefined, selected: number | undefined, moving: boolean, focused: boolean}} state
 */
function draw({hovered, selected, moving, focused}) {
  const paint = canvas.getContext('2d')
  if (!paint || canvas.width === 0 || canvas.height === 0) return
  const lines = (data.links.length + data.broken.length) / 2
  drawGround(moving && lines > MAX_MOVING_LINES ? Math.ceil(lines / MAX_MOVING_LINES) : 1)
  const main = hovered ?? selected
  const linked = main === undefined ? undefined : neighborsOf(main)
  paint.setTransform(1, 0, 0, 1, 0, 0)
  paint.clearRect(0, 0, canvas.width, canvas.height)
  paint.globalAlpha = linked ? 0.35 : 1
  paint.drawImage(ground, 0, 0)
  usePictureUnits(paint)
  if (main !== undefined) drawLinesOf(paint, main)
  drawDots(paint, main, linked)
  paint.globalAlpha = 1
  drawRing(paint, selected, ink.text)
  if (focused) drawRing(paint, hovered, ink.page)
  const density = canvas.width / Math.max(1, view.width)
  paint.setTransform(density, 0, 0, density, 0, 0)
  drawNames(paint, linked)
}

/** The links of one dot. @param {CanvasRenderingContext2D} paint @param {number} main */
function drawLinesOf(paint, main) {
  const isOfMain = (/** @type {number} */ from, /** @type {number} */ to) => from === main || to === main
  paint.globalAlpha = 0.9
  paint.lineWidth = 1.2 / view.scale
  paint.strokeStyle = ink.page ?? ''
  drawLines(paint, data.links, isOfMain, 1)
  paint.strokeStyle = ink.snapped ?? ''
  paint.lineWidth = 2 / view.scale
  drawLines(paint, data.broken, isOfMain, 1)
}

/**
 * @param {CanvasRenderingContext2D} paint
 * @param {number | undefined} at
 * @param {string | undefined} color
 */
function drawRing(paint, at, color) {
  const dot = at === undefined ? undefined : dots[at]
  if (!dot) return
  paint.beginPath()
  paint.arc(dot.x, dot.y, Math.max(radius(dot), 3 / view.scale) + 3.5 / view.scale, 0, 7)
  paint.strokeStyle = color ?? ''
  paint.lineWidth = 2 / view.scale
  paint.stroke()
}

/** @param {CanvasRenderingContext2D} paint */
function drawFolders(paint) {
  paint.fillStyle = ink.folder ?? ''
  paint.strokeStyle = ink.folder ?? ''
  paint.lineWidth = 1 / view.scale
  for (const [, x, y, r] of data.folders) {
    paint.beginPath()
    paint.arc(x, y, r, 0, 7)
    paint.globalAlpha = 0.4
    paint.fill()
    paint.globalAlpha = 1
    paint.stroke()
  }
  if (!data.orphans) return
  const {x, y, width, height} = data.orphans
  paint.setLineDash([4 / view.scale, 3 / view.scale])
  paint.strokeRect(x - 6, y - 6, width + 12, height + 12)
  paint.setLineDash([])
}

/**
 * @param {CanvasRenderingContext2D} paint
 * @param {number[]} ends
 * @param {(from: number, to: number) => boolean} isWanted
 * @param {number} step
 */
function drawLines(paint, ends, isWanted, step) {
  paint.beginPath()
  for (let i = 0; i < ends.length; i += 2 * step) {
    const [from, to] = [ends[i] ?? 0, ends[i + 1] ?? 0]
    const [a, b] = [dots[from], dots[to]]
    if (!a || !b || !isWanted(from, to)) continue
    paint.moveTo(a.x, a.y)
    paint.lineTo(b.x, b.y)
  }
  paint.stroke()
}

/**
 * @param {CanvasRenderingContext2D} paint
 * @param {number | undefined} main
 * @param {Set<number> | undefined} linked
 */
function drawDots(paint, main, linked) {
  for (const [at, dot] of dots.entries()) {
    const isFaint = linked && at !== main && !linked.has(at)
    const color = colorOf(dot, at)
    const isHollow = dot.kind === 'missing' || dot.kind === 'orphan'
    paint.globalAlpha = isFaint ? 0.3 : 1
    paint.beginPath()
    paint.arc(dot.x, dot.y, radius(dot), 0, 7)
    paint.fillStyle = isHollow ? (ink.ground ?? '') : color
    paint.fill()
    if (!isHollow) continue
    paint.strokeStyle = color
    paint.lineWidth = 1.5 / view.scale
    paint.stroke()
  }
}

/** Findings that are filtered out do not count. @param {Dot} dot @param {number} at @returns {string} */
function colorOf(dot, at) {
  const isShown = !isFiltered || shownFiles.has(at)
  const severity = dot.errors > 0 ? 'failed' : dot.warnings > 0 ? 'warned' : undefined
  return ink[isShown && severity ? severity : dot.kind] ?? ''
}

/** The number of names above which names of pages are left out. */
const MAX_NAMES = 220

/**
 * The names of folders, and of pages where there is room, without overlaps.
 *
 * @param {CanvasRenderingContext2D} paint
 * @param {Set<number> | undefined} linked
 */
function drawNames(paint, linked) {
  paint.textAlign = 'center'
  paint.lineJoin = 'round'
  paint.lineWidth = 3
  paint.strokeStyle = ink.ground ?? ''
  paint.fillStyle = ink.text ?? ''
  paint.globalAlpha = 1
  /** @type {Box[]} */
  const taken = []
  paint.font = `600 11px ${ink.font}`
  drawFolderNames(paint, taken)
  const hasRoom = view.scale >= 2 || dots.length <= 40
  if (!hasRoom && !linked) return
  paint.font = `10px ${ink.font}`
  for (const at of linked && !hasRoom ? [...linked].slice(0, 14) : dots.keys()) {
    const dot = dots[at]
    if (!dot || taken.length > MAX_NAMES) continue
    const base = dot.path.slice(dot.path.lastIndexOf('/') + 1)
    const [x, y] = toScreen(dot.x, dot.y + radius(dot))
    drawName(paint, taken, {text: base, x, y: y + 11, maxWidth: 130})
  }
}

/** @param {CanvasRenderingContext2D} paint @param {Box[]} taken */
function drawFolderNames(paint, taken) {
  for (const [name, x, y, r] of data.folders) {
    if (r * view.scale < 16) continue
    const [left, top] = toScreen(x, y - r)
    const maxWidth = Math.max(90, r * 2.2 * view.scale)
    drawName(paint, taken, {text: name || '/', x: left, y: top - 3, maxWidth})
  }
  if (!data.orphans) return
  const {x, y, width} = data.orphans
  const [left, top] = toScreen(x + width / 2, y - 6)
  drawName(paint, taken, {text: 'Orphans', x: left, y: top - 4, maxWidth: 200})
}

/**
 * The space of a name, in CSS pixels.
 *
 * @typedef {[left: number, top: number, right: number, bottom: number]} Box
 */

/**
 * Draw a name unless it is out of sight or would cover another; one that is too wide loses its first folders.
 *
 * @param {CanvasRenderingContext2D} paint
 * @param {Box[]} taken
 * @param {{text: string, x: number, y: number, maxWidth: number}} name
 */
function drawName(paint, taken, {text, x, y, maxWidth}) {
  let shown = text
  while (shown.includes('/', 2) && paint.measureText(shown).width > maxWidth)
    shown = `…${shown.slice(shown.indexOf('/', 2))}`
  const half = paint.measureText(shown).width / 2
  if (x + half < 0 || x - half > view.width || y < 0 || y > view.height + 12) return
  if (taken.some(([l, t, r, b]) => x - half < r && x + half > l && y - 12 < b && y + 2 > t)) return
  taken.push([x - half, y - 12, x + half, y + 2])
  paint.strokeText(shown, x, y)
  paint.fillText(shown, x, y)
}
