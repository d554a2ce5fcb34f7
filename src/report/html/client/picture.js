const tip = byId('tip')

/** The dot under the pointer, or that the keyboard has come to. @type {number | undefined} */
let hot
let isMoving = false
let isAsked = false
let settle = 0

const drawNow = () =>
  draw({hot, selected: picked, moving: isMoving, focused: document.activeElement === canvas})

/** Draw with the next frame, once. */
function redraw() {
  if (isAsked) return
  isAsked = true
  requestAnimationFrame(() => {
    isAsked = false
    drawNow()
  })
}

/** Draw less while it moves, and all when it has come to rest. */
function move() {
  isMoving = true
  clearTimeout(settle)
  settle = setTimeout(() => {
    isMoving = false
    redraw()
  }, 150)
  showTip()
  redraw()
}

/** @param {Dot} dot @returns {string[]} */
function sayDot({path, kind, in: into, out, errors, warnings, infos}) {
  if (kind === 'missing') return [path, `missing, linked from ${plural(into, 'page')}`]
  const found = [
    errors > 0 && plural(errors, 'error'),
    warnings > 0 && plural(warnings, 'warning'),
    infos > 0 && plural(infos, 'remark'),
  ].filter(Boolean)
  return [
    path,
    `${kind === 'orphan' ? 'no page links to it' : `linked from ${plural(into, 'page')}`}, links to ${out.toLocaleString('en')}`,
    kind === 'unchecked' ? 'not checked' : found.length > 0 ? found.join(', ') : 'no findings',
  ]
}

/** The first findings of a dot, as the list says them. @param {number} at */
const firstFindings = (at) =>
  [...document.querySelectorAll(`#p${at} .reason, .found > [data-to="${at}"] .reason`)].slice(0, 3)

function showTip() {
  const dot = hot === undefined ? undefined : dots[hot]
  tip.hidden = !dot
  canvas.classList.toggle('over', dot !== undefined)
  if (!dot || hot === undefined) return
  const lines = [...sayDot(dot), ...firstFindings(hot).map((reason) => `– ${reason.textContent}`)]
  tip.replaceChildren(
    ...lines.map((line, at) => {
      const element = document.createElement(at === 0 ? 'strong' : 'span')
      element.textContent = line.length > 160 ? `${line.slice(0, 160)}…` : line
      return element
    }),
  )
  const [x, y] = [dot.x * view.scale + view.x, dot.y * view.scale + view.y]
  const [width, height] = [tip.offsetWidth, tip.offsetHeight]
  const below = y + radius(dot) * view.scale + 10
  tip.style.left = `${Math.max(4, Math.min(view.width - width - 4, x - width / 2))}px`
  tip.style.top = `${below + height < view.height ? below : Math.max(4, y - radius(dot) * view.scale - height - 10)}px`
}

/** @param {number | undefined} at @param {boolean} [isSaid] */
function heat(at, isSaid = false) {
  if (hot === at) return
  hot = at
  showTip()
  const dot = at === undefined ? undefined : dots[at]
  if (isSaid && dot) byId('told').textContent = sayDot(dot).join(': ')
  redraw()
}

/** The pointers that are down, and where they were last. @type {Map<number, {x: number, y: number}>} */
const pointers = new Map()
let dragged = 0

canvas.addEventListener('pointerdown', ({pointerId, offsetX, offsetY}) => {
  canvas.setPointerCapture(pointerId)
  pointers.set(pointerId, {x: offsetX, y: offsetY})
  dragged = 0
})
canvas.addEventListener('pointermove', ({pointerId, offsetX: x, offsetY: y}) => {
  const last = pointers.get(pointerId)
  if (!last) return heat(dotAt(x, y))
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
  heat(at, true)
  select(at === picked ? undefined : at)
})
canvas.addEventListener('pointercancel', ({pointerId}) => void pointers.delete(pointerId))
canvas.addEventListener('pointerleave', () => {
  if (pointers.size === 0) heat(undefined)
})
canvas.addEventListener(
  'wheel',
  (event) => {
    // The page scrolls on, but for those who are about the picture.
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas && !isEnlarged()) return
    event.preventDefault()
    zoom(Math.exp(-event.deltaY * 0.0016), event.offsetX, event.offsetY)
    move()
  },
  {passive: false},
)

/** @type {Record<string, [number, number]>} */
const ARROWS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}

canvas.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const arrow = ARROWS[event.key]
  if (arrow) {
    const next = hot === undefined ? (picked ?? 0) : nextDot(hot, ...arrow)
    const dot = next === undefined ? undefined : dots[next]
    if (dot) {
      reveal(dot)
      heat(next, true)
    }
  } else if (event.key === 'Enter' || event.key === ' ') select(hot === picked ? undefined : hot)
  else if (event.key === '+' || event.key === '=') zoom(1.3)
  else if (event.key === '-') zoom(1 / 1.3)
  else if (event.key === '0') showAll()
  else return
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
// Before the list's own answer to this key.
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
  ['fit', showAll],
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
  select(at === picked ? undefined : at)
  if (dot) reveal(dot)
  redraw()
})

onTheme.push(() => {
  readInk()
  redraw()
})
onFilter.push(redraw)
// Paper is light, and does not wait for a next frame.
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
filter()
