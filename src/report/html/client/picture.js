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

/** The lines of text about a folder. @param {number} folder @returns {string[]} */
function describeFolder(folder) {
  const {pages = 0, failed = 0, broken = 0} = folderFacts[folder] ?? {}
  return [
    data.folders[folder]?.[0] || '/',
    `${plural(pages, 'page')}, ${failed.toLocaleString('en')} with errors, ${plural(broken, 'broken link')}`,
    opened.has(folder) ? 'click or Enter closes it' : 'click or Enter opens it',
  ]
}

/** The lines of text about a node. @param {number | undefined} node @returns {string[]} */
function describe(node) {
  const folder = folderOfNode(node)
  const dot = node === undefined ? undefined : dots[node]
  return folder !== undefined ? describeFolder(folder) : dot ? describeDot(dot) : []
}

function showTip() {
  const lines = describe(hovered)
  const isOpenFolder = opened.has(folderOfNode(hovered) ?? -1)
  canvas.classList.toggle('over-dot', lines.length > 0)
  // The names of an open folder's pages must stay readable.
  tip.hidden = lines.length === 0 || (isOpenFolder && document.activeElement !== canvas)
  if (tip.hidden || hovered === undefined) return
  if (dots[hovered]) lines.push(...firstFindings(hovered).map((reason) => `– ${reason.textContent}`))
  tip.replaceChildren(
    ...lines.map((line, at) => {
      const element = document.createElement(at === 0 ? 'strong' : 'span')
      element.textContent = line.length > 160 ? `${line.slice(0, 160)}…` : line
      return element
    }),
  )
  const {x: left, y: top, r} = placeOf(hovered)
  const dot = dots[hovered]
  const reach = (dot ? radius(dot) : r) * view.scale
  const [x, y] = toScreen(left, top)
  const [width, height] = [tip.offsetWidth, tip.offsetHeight]
  const below = Math.max(4, y + reach + 10)
  tip.style.left = `${Math.max(4, Math.min(view.width - width - 4, x - width / 2))}px`
  tip.style.top = `${below + height < view.height ? below : Math.max(4, y - reach - height - 10)}px`
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
  if (isAnnounced && at !== undefined) byId('announcement').textContent = describe(at).join(': ')
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
  if (!last) return hover(nodeAt(x, y))
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
  const at = nodeAt(offsetX, offsetY)
  hover(at, true)
  act(at)
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

/** Move to the next node in a direction. @param {[number, number]} direction */
function goTo(direction) {
  const next = hovered === undefined ? (selected ?? nodesOnScreen()[0]) : nextNode(hovered, ...direction)
  if (next === undefined) return
  reveal(placeOf(next))
  hover(next, true)
}

/** Open or close a folder, or show the findings of a dot, or of all again. @param {number | undefined} node */
function act(node) {
  const folder = folderOfNode(node)
  if (folder === undefined) return select(node === selected ? undefined : node)
  toggleFolder(folder)
  if (opened.has(folder)) zoomTo(folder)
  else fitPicture()
  byId('announcement').textContent = describe(node).join(': ')
  move()
}

/** @type {Record<string, () => void>} */
const KEYS = {
  ArrowLeft: () => goTo([-1, 0]),
  ArrowRight: () => goTo([1, 0]),
  ArrowUp: () => goTo([0, -1]),
  ArrowDown: () => goTo([0, 1]),
  Enter: () => act(hovered),
  ' ': () => act(hovered),
  '+': () => zoom(1.3),
  '=': () => zoom(1.3),
  '-': () => zoom(1 / 1.3),
  0: fitPicture,
}

canvas.addEventListener('keydown', (event) => {
  const press = KEYS[event.key]
  if (!press || event.ctrlKey || event.metaKey || event.altKey) return
  press()
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
for (const [id, press] of /** @type {[string, () => void][]} */ ([
  ['folders', toggleFolders],
  ['zoom-in', () => zoom(1.4)],
  ['zoom-out', () => zoom(1 / 1.4)],
  ['fit', fitPicture],
]))
  byId(id).addEventListener('click', () => {
    press()
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
onFilter.push(() => {
  // The selected dot is shown in a closed folder, too.
  drawn = undefined
  redraw()
})
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
