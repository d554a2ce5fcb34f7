const tip = byId('tip')

/** The dot under the pointer, or reached by the keyboard. @type {number | undefined} */
let hovered
let isMoving = false
let isScheduled = false
let settleTimer = 0

const drawNow = () => draw({hovered, selected, moving: isMoving, focused: document.activeElement === canvas})

/** Draw in the next animation frame, once. */
function redraw() {
  if (isScheduled) return
  isScheduled = true
  requestAnimationFrame(() => {
    isScheduled = false
    drawNow()
  })
}

/** Draw fewer lines while the picture moves, and all of them once it has come to rest. */
function move() {
  isMoving = true
  clearTimeout(settleTimer)
  settleTimer = setTimeout(() => {
    isMoving = false
    redraw()
  }, 150)
  showTip()
  redraw()
}

/** The lines of text about a dot. @param {Dot} dot @returns {string[]} */
function describeDot({path, kind, in: into, out, errors, warnings, infos}) {
  if (kind === 'missing') return [path, `missing, linked from ${plural(into, 'page')}`]
  const found = [
    errors > 0 && plural(errors, 'error'),
    warnings > 0 && plural(warnings, 'warning'),
    infos > 0 && plural(infos, 'note'),
  ].filter(Boolean)
  return [
    path,
    `${kind === 'orphan' ? 'no page links to it' : `linked from ${plural(into, 'page')}`}, links to ${out.toLocaleString('en')}`,
    kind === 'unchecked' ? 'not checked' : found.length > 0 ? found.join(', ') : 'no findings',
  ]
}

/** The first findings of a dot, as in the list. @param {number} at */
const firstFindings = (at) =>
  [...document.querySelectorAll(`[data-dot="${at}"] .reason, .found > [data-to="${at}"] .reason`)].slice(0, 3)

function showTip() {
  const dot = hovered === undefined ? undefined : dots[hovered]
  tip.hidden = !dot
  canvas.classList.toggle('over-dot', dot !== undefined)
  if (!dot || hovered === undefined) return
  const lines = [...describeDot(dot), ...firstFindings(hovered).map((reason) => `– ${reason.textContent}`)]
  tip.replaceChildren(
    ...lines.map((line, at) => {
      const element = document.createElement(at === 0 ? 'strong' : 'span')
      element.textContent = line.length > 160 ? `${line.slice(0, 160)}…` : line
      return element
    }),
  )
  const [x, y] = toScreen(dot.x, dot.y)
  const [width, height] = [tip.offsetWidth, tip.offsetHeight]
  const below = y + radius(dot) * view.scale + 10
  tip.style.left = `${Math.max(4, Math.min(view.width - width - 4, x - width / 2))}px`
  tip.style.top = `${below + height < view.height ? below : Math.max(4, y - radius(dot) * view.scale - height - 10)}px`
}

/**
 * Highlight a dot, or none.
 *
 * @param {number | undefined} at
 * @param {boolean} [isAnnounced] Tell screen readers.
 */
function hover(at, isAnnounced = false) {
  if (hovered === at) return
  hovered = at
  showTip()
  const dot = at === undefined ? undefined : dots[at]
  if (isAnnounced && dot) byId('announcement').textContent = describeDot(dot).join(': ')
  redraw()
}

/** The pressed pointers and their last positions. @type {Map<number, {x: number, y: number}>} */
const pointers = new Map()
let dragged = 0

canvas.addEventListener('pointerdown', ({pointerId, offsetX, offsetY}) => {
  canvas.setPointerCapture(pointerId)
  pointers.set(pointerId, {x: offsetX, y: offsetY})
  dragged = 0
})
canvas.addEventListener('pointermove', ({pointerId, offsetX: x, offsetY: y}) => {
  const last = pointers.get(pointerId)
  if (!last) return hover(dotAt(x, y))
  const other = [...pointers].find(([id]) => id !== pointerId)?.[1]
  dragged += Math.abs(x - last.x) + Math.abs(y - last.y)
  if (other) {
    const before = Math.hypot(last.x - other.x, last.y - other.y) || 1
    zoom(Math.hypot(x - other.x, y - other.y) / before, other.x, other.y)
  } else if (dragged > 4) {
    view.x += x - last.x
    view.y += y - last.y
    view.fitted = false
  }
  pointers.set(pointerId, {x, y})
  move()
})
canvas.addEventListener('pointerup', ({pointerId, offsetX, offsetY}) => {
  pointers.delete(pointerId)
  if (dragged > 4) return
  const at = dotAt(offsetX, offsetY)
  hover(at, true)
  select(at === selected ? undefined : at)
})
canvas.addEventListener('pointercancel', ({pointerId}) => void pointers.delete(pointerId))
canvas.addEventListener('pointerleave', () => {
  if (pointers.size === 0) hover(undefined)
})
canvas.addEventListener(
  'wheel',
  (event) => {
    // The wheel scrolls the page unless the picture has the focus or fills the window.
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas && !isEnlarged()) return
    event.preventDefault()
    zoom(Math.exp(-event.deltaY * 0.0016), event.offsetX, event.offsetY)
    move()
  },
  {passive: false},
)

/** Move to the next dot in a direction. @param {[number, number]} direction */
function goTo(direction) {
  const next = hovered === undefined ? (selected ?? 0) : nextDot(hovered, ...direction)
  const dot = next === undefined ? undefined : dots[next]
  if (!dot) return
  reveal(dot)
  hover(next, true)
}

const toggleSelected = () => select(hovered === selected ? undefined : hovered)

/** @type {Record<string, () => void>} */
const KEYS = {
  ArrowLeft: () => goTo([-1, 0]),
  ArrowRight: () => goTo([1, 0]),
  ArrowUp: () => goTo([0, -1]),
  ArrowDown: () => goTo([0, 1]),
  Enter: toggleSelected,
  ' ': toggleSelected,
  '+': () => zoom(1.3),
  '=': () => zoom(1.3),
  '-': () => zoom(1 / 1.3),
  0: fitPicture,
}

canvas.addEventListener('keydown', (event) => {
  const act = KEYS[event.key]
  if (!act || event.ctrlKey || event.metaKey || event.altKey) return
  act()
  event.preventDefault()
  move()
})
for (const kind of ['focus', 'blur']) canvas.addEventListener(kind, redraw)

const enlarge = byId('enlarge')
const isEnlarged = () => document.body.classList.contains('enlarged')

/** @param {boolean} isLarge */
function setEnlarged(isLarge) {
  document.body.classList.toggle('enlarged', isLarge)
  enlarge.setAttribute('aria-pressed', String(isLarge))
  view.fitted = true
}

enlarge.addEventListener('click', () => setEnlarged(!isEnlarged()))
// Captured before the list clears its filters on this key.
document.addEventListener(
  'keydown',
  (event) => {
    if (event.key !== 'Escape' || !isEnlarged()) return
    setEnlarged(false)
    event.preventDefault()
  },
  {capture: true},
)
for (const [id, act] of /** @type {[string, () => void][]} */ ([
  ['zoom-in', () => zoom(1.4)],
  ['zoom-out', () => zoom(1 / 1.4)],
  ['fit', fitPicture],
]))
  byId(id).addEventListener('click', () => {
    act()
    move()
  })
byId('map').addEventListener('click', ({target: clicked}) => {
  const button = clicked instanceof Element ? clicked.closest('button.dot') : null
  if (!(button instanceof HTMLElement)) return
  const at = Number(button.dataset.dot)
  const dot = dots[at]
  select(at === selected ? undefined : at)
  if (dot) reveal(dot)
  redraw()
})

onTheme.push(() => {
  readInk()
  redraw()
})
onFilter.push(redraw)
// Print in light colors, and at once: printing does not wait for an animation frame.
matchMedia('print').addEventListener('change', () => {
  readInk()
  resize()
  drawNow()
})
new ResizeObserver(() => {
  resize()
  redraw()
}).observe(frame)
readInk()
followAddress()
