/** A picture of more dots than this shows folders as one node each, until the reader opens them. */
const MAX_DOTS = 150
/** The number of dots around broken links up to which they are shown in closed folders, too. */
const MAX_TROUBLES = 200

const hasClosed = dots.length > MAX_DOTS

/** The indices of open folders. @type {Set<number>} */
const opened = new Set(hasClosed ? [] : data.folders.keys())

/** The dots to look at first: missing targets, pages that link to them, and others with errors. @type {Set<number>} */
const troubles = new Set(data.broken)
for (const [at, {kind, errors}] of dots.entries()) if (kind === 'missing' || errors > 0) troubles.add(at)

/**
 * What closed folders are labelled with.
 *
 * @typedef {{pages: number, failed: number, broken: number}} FolderFacts
 */

/** @type {FolderFacts[]} */
const folderFacts = data.folders.map(() => ({pages: 0, failed: 0, broken: 0}))
for (const {folder, kind, errors} of dots) {
  const facts = folderFacts[folder]
  if (!facts || kind === 'missing') continue
  facts.pages++
  if (errors > 0) facts.failed++
}
for (let i = 0; i < data.broken.length; i += 2) {
  const facts = folderFacts[dots[data.broken[i] ?? -1]?.folder ?? -1]
  if (facts) facts.broken++
}

/** Is a dot drawn, or is it inside of a closed folder? @param {number} at */
const isDrawn = (at) =>
  at === selected ||
  !data.folders[dots[at]?.folder ?? -1] ||
  opened.has(dots[at]?.folder ?? -1) ||
  (troubles.size <= MAX_TROUBLES && troubles.has(at))

/** A node of the picture is a dot, or after these a folder. @param {number} folder */
const nodeOfFolder = (folder) => dots.length + folder

/** @param {number | undefined} node @returns {number | undefined} */
const folderOfNode = (node) => (node !== undefined && node >= dots.length ? node - dots.length : undefined)

/** The node that stands for a dot. @param {number} at */
const nodeOf = (at) => (isDrawn(at) ? at : nodeOfFolder(dots[at]?.folder ?? 0))

/** The center and radius of a node. @param {number} node @returns {{x: number, y: number, r: number}} */
function placeOf(node) {
  const [, x = 0, y = 0, r = 0] = data.folders[node - dots.length] ?? []
  return dots[node] ?? {x, y, r}
}

/**
 * The lines between nodes: several links between two of them are one line.
 *
 * @typedef {{from: number, to: number, count: number}} Line
 */

/** The nodes and lines of the picture, until folders open or close. @type {{shown: number[], links: Line[], broken: Line[]} | undefined} */
let drawn

const picture = () =>
  (drawn ??= {
    shown: [...dots.keys()].filter(isDrawn),
    // The links of orphans would cross everything.
    links: linesOf(data.links, (from) => dots[from]?.kind !== 'orphan'),
    broken: linesOf(data.broken, () => true),
  })

/** @param {number[]} ends @param {(from: number) => boolean} isWanted @returns {Line[]} */
function linesOf(ends, isWanted) {
  /** @type {Map<number, Line>} */
  const lines = new Map()
  const nodes = dots.length + data.folders.length
  for (let i = 0; i < ends.length; i += 2) {
    const [start = 0, end = 0] = [ends[i], ends[i + 1]]
    if (!isWanted(start)) continue
    const [from, to] = [nodeOf(start), nodeOf(end)]
    const line = lines.get(from * nodes + to)
    if (line) line.count++
    else if (from !== to) lines.set(from * nodes + to, {from, to, count: 1})
  }
  return [...lines.values()]
}

/** The nodes that can be pointed at. @returns {number[]} */
const nodesOnScreen = () => [
  ...picture().shown,
  ...[...data.folders.keys()].filter((folder) => !opened.has(folder)).map(nodeOfFolder),
]

/** The closed or open folder at a position of the picture. @param {number} x @param {number} y @returns {number | undefined} */
function folderAt(x, y) {
  if (!hasClosed) return
  const at = data.folders.findIndex(([, left, top, r]) => Math.hypot(left - x, top - y) <= r)
  return at < 0 ? undefined : nodeOfFolder(at)
}

/** @param {number} folder */
function toggleFolder(folder) {
  if (!opened.delete(folder)) opened.add(folder)
  drawn = undefined
  showFoldersButton()
}

const foldersButton = byId('folders')
foldersButton.hidden = !hasClosed || data.folders.length === 0

function showFoldersButton() {
  foldersButton.textContent = opened.size === data.folders.length ? 'Close all' : 'Open all'
}

/** Open all folders, or close them if all are open. */
function toggleFolders() {
  if (opened.size === data.folders.length) opened.clear()
  else for (const folder of data.folders.keys()) opened.add(folder)
  drawn = undefined
  showFoldersButton()
}
