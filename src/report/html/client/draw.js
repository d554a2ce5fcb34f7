/** More lines than these are thinned out while the picture moves. */
const SMOOTH = 4000

/** Colors and fonts, which the document's style decides. @type {Record<string, string>} */
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
  ink.bubble = getComputedStyle(frame).borderTopColor
  ink.ground = getComputedStyle(frame).backgroundColor
  ink.font = getComputedStyle(document.body).fontFamily
}

/** For each dot the dots it is linked with; made when somebody asks. @type {Map<number, Set<number>> | undefined} */
let neighbours

/** @param {number} at @returns {Set<number>} */
function neighboursOf(at) {
  if (!neighbours) {
    neighbours = new Map()
    for (const ends of [data.links, data.broken])
      for (let i = 0; i < ends.length; i += 2)
        for (const [one, other] of [
          [ends[i], ends[i + 1]],
          [ends[i + 1], ends[i]],
        ]) {
          const found = neighbours.get(one ?? 0) ?? new Set()
          neighbours.set(one ?? 0, found.add(other ?? 0))
        }
  }
  return neighbours.get(at) ?? new Set()
}

/** Circles and lines, which stay the same while the pointer goes from dot to dot. */
const ground = document.createElement('canvas')
let drawnGround = ''

/** Let one unit of the picture be one of the paper's. @param {CanvasRenderingContext2D} paint */
function useWorld(paint) {
  const scale = (canvas.width / Math.max(1, view.width)) * view.scale
  const density = scale / view.scale
  paint.setTransform(scale, 0, 0, scale, density * view.x, density * view.y)
}

/** @param {number} step Draw one line out of so many. */
function drawGround(step) {
  const wanted = JSON.stringify([view, canvas.width, canvas.height, step, ink])
  if (wanted === drawnGround) return
  drawnGround = wanted
  ground.width = canvas.width
  ground.height = canvas.height
  const paint = ground.getContext('2d')
  if (!paint) return
  useWorld(paint)
  drawBubbles(paint)
  paint.lineWidth = 0.8 / view.scale
  paint.strokeStyle = ink.line ?? ''
  paint.globalAlpha = Math.max(0.12, Math.min(0.55, 60 / Math.sqrt(data.links.length + 1)))
  // Orphans stand apart: their links would cross everything.
  drawLines(paint, data.links, (from) => dots[from]?.kind !== 'orphan', step)
  paint.strokeStyle = ink.snapped ?? ''
  paint.lineWidth = 1.2 / view.scale
  paint.globalAlpha = Math.max(0.3, Math.min(0.85, 8 / Math.sqrt(data.broken.length + 1)))
  drawLines(paint, data.broken, () => true, step)
}

/**
 * Draw it all.
 *
 * @param {{hot: number | undefined, selected: number | undefined, moving: boolean, focused: boolean}} state
 */
function draw({hot, selected, moving, focused}) {
  const paint = canvas.getContext('2d')
  if (!paint || canvas.width === 0 || canvas.height === 0) return
  const {scale} = view
  const lines = (data.links.length + data.broken.length) / 2
  drawGround(moving && lines > SMOOTH ? Math.ceil(lines / SMOOTH) : 1)
  const main = hot ?? selected
  const near = main === undefined ? undefined : neighboursOf(main)
  paint.setTransform(1, 0, 0, 1, 0, 0)
  paint.clearRect(0, 0, canvas.width, canvas.height)
  paint.globalAlpha = near ? 0.35 : 1
  paint.drawImage(ground, 0, 0)
  useWorld(paint)
  if (main !== undefined) {
    const ofMain = (/** @type {number} */ from, /** @type {number} */ to) => from === main || to === main
    paint.globalAlpha = 0.9
    paint.lineWidth = 1.2 / scale
    paint.strokeStyle = ink.page ?? ''
    drawLines(paint, data.links, ofMain, 1)
    paint.strokeStyle = ink.snapped ?? ''
    paint.lineWidth = 2 / scale
    drawLines(paint, data.broken, ofMain, 1)
  }
  drawDots(paint, main, near)
  paint.globalAlpha = 1
  for (const [at, color] of [
    [selected, ink.text],
    [focused ? hot : undefined, ink.page],
  ]) {
    const dot = dots[Number(at ?? -1)]
    if (!dot) continue
    paint.beginPath()
    paint.arc(dot.x, dot.y, Math.max(radius(dot), 3 / scale) + 3.5 / scale, 0, 7)
    paint.strokeStyle = String(color)
    paint.lineWidth = 2 / scale
    paint.stroke()
  }
  const density = canvas.width / Math.max(1, view.width)
  paint.setTransform(density, 0, 0, density, 0, 0)
  drawNames(paint, near)
}

/** @param {CanvasRenderingContext2D} paint */
function drawBubbles(paint) {
  paint.fillStyle = ink.bubble ?? ''
  paint.strokeStyle = ink.bubble ?? ''
  paint.lineWidth = 1 / view.scale
  for (const [, x, y, r] of data.bubbles) {
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
 * @param {Set<number> | undefined} near
 */
function drawDots(paint, main, near) {
  for (const [at, dot] of dots.entries()) {
    const isFaint = near && at !== main && !near.has(at)
    // What the list does not show just now is no different from what is fine.
    const isShown = !isFiltered || shownFiles.has(at)
    const color =
      isShown && dot.errors > 0 ? ink.failed : isShown && dot.warnings > 0 ? ink.warned : ink[dot.kind]
    const isHollow = dot.kind === 'missing' || dot.kind === 'orphan'
    paint.globalAlpha = isFaint ? 0.3 : 1
    paint.beginPath()
    paint.arc(dot.x, dot.y, radius(dot), 0, 7)
    paint.fillStyle = isHollow ? (ink.ground ?? '') : (color ?? '')
    paint.fill()
    if (!isHollow) continue
    paint.strokeStyle = color ?? ''
    paint.lineWidth = 1.5 / view.scale
    paint.stroke()
  }
}

/**
 * The names of folders, and of pages where there is room, none over another.
 *
 * @param {CanvasRenderingContext2D} paint
 * @param {Set<number> | undefined} near
 */
function drawNames(paint, near) {
  /** @type {[left: number, top: number, right: number, bottom: number][]} */
  const taken = []
  const write = (
    /** @type {string} */ text,
    /** @type {number} */ x,
    /** @type {number} */ y,
    /** @type {number} */ most,
  ) => {
    let shown = text
    while (shown.includes('/', 2) && paint.measureText(shown).width > most)
      shown = `…${shown.slice(shown.indexOf('/', 2))}`
    const half = paint.measureText(shown).width / 2
    if (x + half < 0 || x - half > view.width || y < 0 || y > view.height + 12) return
    if (taken.some(([l, t, r, b]) => x - half < r && x + half > l && y - 12 < b && y + 2 > t)) return
    taken.push([x - half, y - 12, x + half, y + 2])
    paint.strokeText(shown, x, y)
    paint.fillText(shown, x, y)
  }
  paint.textAlign = 'center'
  paint.lineJoin = 'round'
  paint.lineWidth = 3
  paint.strokeStyle = ink.ground ?? ''
  paint.fillStyle = ink.text ?? ''
  paint.globalAlpha = 1
  paint.font = `600 11px ${ink.font}`
  for (const [name, x, y, r] of data.bubbles) {
    if (r * view.scale < 16) continue
    write(
      name || '/',
      x * view.scale + view.x,
      (y - r) * view.scale + view.y - 3,
      Math.max(90, r * 2.2 * view.scale),
    )
  }
  if (data.orphans)
    write(
      'Orphans',
      (data.orphans.x + data.orphans.width / 2) * view.scale + view.x,
      (data.orphans.y - 6) * view.scale + view.y - 4,
      200,
    )
  const hasRoom = view.scale >= 2 || dots.length <= 40
  if (!hasRoom && !near) return
  paint.font = `10px ${ink.font}`
  const names = near && !hasRoom ? [...near].slice(0, 14) : dots.keys()
  for (const at of names) {
    const dot = dots[at]
    if (!dot || taken.length > 220) continue
    const base = dot.path.slice(dot.path.lastIndexOf('/') + 1)
    write(base, dot.x * view.scale + view.x, (dot.y + radius(dot)) * view.scale + view.y + 11, 130)
  }
}
