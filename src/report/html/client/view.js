const canvas = /** @type {HTMLCanvasElement} */ (byId('picture'))
const frame = /** @type {HTMLElement} */ (canvas.parentElement)

/** The visible part of the picture: screen = picture × scale + offset, in CSS pixels. */
const view = {scale: 1, x: 0, y: 0, width: 0, height: 0, fitted: true}

/** The bounding box of the picture, in its units. */
const bounds = (() => {
  const circles = [...dots.map(({x, y, r}) => [x, y, r]), ...data.folders.map(([, x, y, r]) => [x, y, r])]
  const box = {left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity}
  for (const [x = 0, y = 0, r = 0] of circles) {
    box.left = Math.min(box.left, x - r)
    box.right = Math.max(box.right, x + r)
    box.top = Math.min(box.top, y - r)
    box.bottom = Math.max(box.bottom, y + r)
  }
  if (data.orphans) box.bottom = Math.max(box.bottom, data.orphans.y + data.orphans.height + 8)
  return circles.length > 0 ? box : {left: 0, top: 0, right: 1, bottom: 1}
})()

/** The radius of a dot, in units of the picture: zooming in adds more space between dots than to them. @param {Dot} dot */
const radius = ({r}) => Math.max(r / Math.max(1, Math.sqrt(view.scale / 1.3)), 1.6 / view.scale)

/**
 * A position of the picture on the screen, in CSS pixels.
 *
 * @param {number} x
 * @param {number} y
 * @returns {[x: number, y: number]}
 */
const toScreen = (x, y) => [x * view.scale + view.x, y * view.scale + view.y]

/** Fit the picture into its frame. */
function fitPicture() {
  const [width, height] = [bounds.right - bounds.left, bounds.bottom - bounds.top]
  // A picture of a few dots is not enlarged without limit.
  view.scale = Math.min(2.4, (view.width - 32) / width, (view.height - 48) / height)
  view.x = view.width / 2 - ((bounds.left + bounds.right) / 2) * view.scale
  view.y = view.height / 2 - ((bounds.top + bounds.bottom) / 2) * view.scale + 8
  view.fitted = true
}

/**
 * Zoom around a fixed point of the screen.
 *
 * @param {number} factor
 * @param {number} [x]
 * @param {number} [y]
 */
function zoom(factor, x = view.width / 2, y = view.height / 2) {
  const scale = Math.max(0.05, Math.min(12, view.scale * factor))
  view.x = x - ((x - view.x) * scale) / view.scale
  view.y = y - ((y - view.y) * scale) / view.scale
  view.scale = scale
  view.fitted = false
}

/** Zoom to a folder. @param {number} folder */
function zoomTo(folder) {
  const {x, y, r} = placeOf(nodeOfFolder(folder))
  view.scale = Math.min(6, (Math.min(view.width, view.height) * 0.4) / r)
  view.x = view.width / 2 - x * view.scale
  view.y = view.height / 2 - y * view.scale
  view.fitted = false
}

/** Scroll a node into view. @param {{x: number, y: number}} node */
function reveal({x, y}) {
  const [left, top] = toScreen(x, y)
  const edge = 30
  if (left < edge || left > view.width - edge) view.x += view.width / 2 - left
  if (top < edge || top > view.height - edge) view.y += view.height / 2 - top
}

/**
 * The dot at a position on the screen, or the nearest within 12 pixels.
 *
 * @param {number} x
 * @param {number} y
 * @returns {number | undefined}
 */
function dotAt(x, y) {
  let best
  let least = 12
  for (const at of picture().shown) {
    const dot = dots[at]
    if (!dot) continue
    const [left, top] = toScreen(dot.x, dot.y)
    const [dx, dy] = [left - x, top - y]
    if (Math.abs(dx) > 60 || Math.abs(dy) > 60) continue
    const distance = Math.sqrt(dx * dx + dy * dy) - radius(dot) * view.scale
    if (distance < least) {
      least = distance
      best = at
    }
  }
  return best
}

/** The node at a position on the screen: a dot, or else a folder. @param {number} x @param {number} y */
const nodeAt = (x, y) => dotAt(x, y) ?? folderAt((x - view.x) / view.scale, (y - view.y) / view.scale)

/**
 * The nearest node in a direction, preferring nodes straight ahead.
 *
 * @param {number} from
 * @param {number} dx
 * @param {number} dy
 * @returns {number | undefined}
 */
function nextNode(from, dx, dy) {
  const start = placeOf(from)
  let best
  let least = Infinity
  for (const at of nodesOnScreen()) {
    const {x, y} = placeOf(at)
    const ahead = (x - start.x) * dx + (y - start.y) * dy
    const beside = Math.abs((x - start.x) * dy) + Math.abs((y - start.y) * dx)
    if (ahead <= 0 || beside > ahead * 1.5) continue
    const cost = ahead + beside * 2
    if (cost < least) {
      least = cost
      best = at
    }
  }
  return best
}

/** Adopt the size that the layout of the document gives the picture. */
function resize() {
  const {clientWidth, clientHeight} = frame
  const density = window.devicePixelRatio || 1
  view.width = clientWidth
  view.height = clientHeight
  canvas.width = Math.round(clientWidth * density)
  canvas.height = Math.round(clientHeight * density)
  if (view.fitted) fitPicture()
}
