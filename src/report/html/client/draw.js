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
  const wanted = JSON.stringify([view, canvas.width, canvas.height, step, ink, [...opened], selected])
  if (wanted === drawnGround) return
  drawnGround = wanted
  ground.width = canvas.width
  ground.height = canvas.height
  const paint = ground.getContext('2d')
  if (!paint) return
  usePictureUnits(paint)
  drawFolders(paint)
  const {links, broken} = picture()
  // Where something is broken, other links only show what is near.
  const most = broken.length > 0 ? 0.3 : 0.55
  paint.strokeStyle = ink.line ?? ''
  paint.globalAlpha = Math.max(0.08, Math.min(most, 5 / Math.sqrt(links.length + 1)))
  drawLines(paint, links, () => true, {step, width: 0.8})
  paint.globalAlpha = Math.max(0.3, Math.min(0.95, 8 / Math.sqrt(broken.length + 1)))
  drawBroken(paint, broken, () => true, step)
}

/**
 * Draw the picture.
 *
 * @param {{hovered: number | undefined, selected: number | undefined, moving: boolean, focused: boolean}} state
 */
function draw({hovered, selected, moving, focused}) {
  const paint = canvas.getContext('2d')
  if (!paint || canvas.width === 0 || canvas.height === 0) return
  const lines = picture().links.length + picture().broken.length
  drawGround(moving && lines > MAX_MOVING_LINES ? Math.ceil(lines / MAX_MOVING_LINES) : 1)
  const main = hovered !== undefined && dots[hovered] ? hovered : selected
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
  if (focused || folderOfNode(hovered) !== undefined) drawRing(paint, hovered, ink.page)
  const density = canvas.width / Math.max(1, view.width)
  paint.setTransform(density, 0, 0, density, 0, 0)
  showNames(paint, main, linked)
}

/** The links of one dot. @param {CanvasRenderingContext2D} paint @param {number} main */
function drawLinesOf(paint, main) {
  const node = nodeOf(main)
  const isOfMain = (/** @type {Line} */ {from, to}) => from === node || to === node
  paint.globalAlpha = 0.9
  paint.strokeStyle = ink.page ?? ''
  drawLines(paint, picture().links, isOfMain, {step: 1, width: 1.2})
  drawBroken(paint, picture().broken, isOfMain, 1)
}

/** Broken links are dashed, so that they do not differ by color alone. @param {CanvasRenderingContext2D} paint @param {Line[]} lines @param {(line: Line) => boolean} isWanted @param {number} step */
function drawBroken(paint, lines, isWanted, step) {
  paint.strokeStyle = ink.snapped ?? ''
  paint.setLineDash([6 / view.scale, 3 / view.scale])
  drawLines(paint, lines, isWanted, {step, width: lines.length > 500 ? 1 : 1.6})
  paint.setLineDash([])
}

/**
 * @param {CanvasRenderingContext2D} paint
 * @param {number | undefined} node
 * @param {string | undefined} color
 */
function drawRing(paint, node, color) {
  if (node === undefined) return
  const {x, y, r} = placeOf(node)
  const dot = dots[node]
  paint.beginPath()
  paint.arc(x, y, Math.max(dot ? radius(dot) : r, 3 / view.scale) + 3.5 / view.scale, 0, 7)
  paint.strokeStyle = color ?? ''
  paint.lineWidth = 2 / view.scale
  paint.stroke()
}

/** @param {CanvasRenderingContext2D} paint */
function drawFolders(paint) {
  for (const [at, [, x, y, r]] of data.folders.entries()) {
    const isOpen = opened.has(at)
    const {failed = 0, broken = 0} = folderFacts[at] ?? {}
    paint.beginPath()
    paint.arc(x, y, r, 0, 7)
    paint.fillStyle = ink.folder ?? ''
    paint.globalAlpha = isOpen ? 0.4 : 0.85
    paint.fill()
    paint.globalAlpha = 1
    paint.lineWidth = (isOpen ? 1 : 1.5) / view.scale
    paint.strokeStyle = (isOpen ? ink.folder : failed + broken > 0 ? ink.failed : ink.page) ?? ''
    paint.stroke()
  }
  if (!data.orphans) return
  const {x, y, width, height} = data.orphans
  paint.strokeStyle = ink.orphan ?? ''
  paint.lineWidth = 1 / view.scale
  paint.setLineDash([2 / view.scale, 3 / view.scale])
  paint.strokeRect(x - 6, y - 6, width + 12, height + 12)
  paint.setLineDash([])
}

/**
 * Lines, wider for several links.
 *
 * @param {CanvasRenderingContext2D} paint
 * @param {Line[]} lines
 * @param {(line: Line) => boolean} isWanted
 * @param {{step: number, width: number}} how
 */
function drawLines(paint, lines, isWanted, {step, width}) {
  /** @type {Map<number, Path2D>} */
  const paths = new Map()
  for (let i = 0; i < lines.length; i += step) {
    const line = lines[i]
    if (!line || !isWanted(line)) continue
    const size = Math.min(4, Math.floor(Math.log2(line.count)))
    const path = paths.get(size) ?? new Path2D()
    paths.set(size, path)
    const [a, b] = [placeOf(line.from), placeOf(line.to)]
    path.moveTo(a.x, a.y)
    path.lineTo(b.x, b.y)
  }
  for (const [size, path] of paths) {
    paint.lineWidth = (width * (1 + size / 4)) / view.scale
    paint.stroke(path)
  }
}

/**
 * @param {CanvasRenderingContext2D} paint
 * @param {number | undefined} main
 * @param {Set<number> | undefined} linked
 */
function drawDots(paint, main, linked) {
  const {shown} = picture()
  // What is wrong lies on top.
  for (const isTrouble of [false, true])
    for (const at of shown) {
      const dot = dots[at]
      if (!dot || troubles.has(at) !== isTrouble) continue
      paint.globalAlpha = linked && at !== main && !linked.has(at) ? 0.3 : 1
      drawDot(paint, dot, at)
    }
}

/**
 * Each kind has its shape: a cross for what is missing, a diamond for errors, a triangle for warnings, otherwise a circle;
 * orphans are hollow.
 *
 * @param {CanvasRenderingContext2D} paint
 * @param {Dot} dot
 * @param {number} at
 */
function drawDot(paint, dot, at) {
  const kind = kindOf(dot, at)
  const isWrong = kind === 'failed' || kind === 'warned' || kind === 'missing'
  const r = Math.max(radius(dot), (isWrong ? 3.5 : 0) / view.scale)
  const color = ink[kind] ?? ''
  const {x, y} = dot
  paint.beginPath()
  if (kind === 'missing') {
    paint.moveTo(x - r, y - r)
    paint.lineTo(x + r, y + r)
    paint.moveTo(x - r, y + r)
    paint.lineTo(x + r, y - r)
    paint.strokeStyle = color
    paint.lineWidth = 2.2 / view.scale
    return paint.stroke()
  }
  const corners = kind === 'failed' ? 4 : kind === 'warned' ? 3 : 0
  if (corners === 0) paint.arc(x, y, r, 0, 7)
  for (let corner = 0; corner < corners; corner++) {
    const angle = (corner / corners) * 2 * Math.PI - Math.PI / 2
    paint.lineTo(x + 1.25 * r * Math.cos(angle), y + 1.25 * r * Math.sin(angle))
  }
  paint.closePath()
  paint.fillStyle = dot.kind === 'orphan' ? (ink.ground ?? '') : color
  paint.fill()
  if (dot.kind !== 'orphan') return
  paint.strokeStyle = color
  paint.lineWidth = 1.5 / view.scale
  paint.stroke()
}

/** Findings that are filtered out do not count. @param {Dot} dot @param {number} at */
function kindOf(dot, at) {
  const isShown = !isFiltered || shownFiles.has(at)
  const severity = dot.errors > 0 ? 'failed' : dot.warnings > 0 ? 'warned' : undefined
  return isShown && severity ? severity : dot.kind
}
