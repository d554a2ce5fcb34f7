/**
 * The files in each group of the list, with their findings, whose searchable text is read on the first search.
 *
 * @typedef {{element: HTMLDetailsElement, files: ListedFile[]}} ListedGroup
 * @typedef {{section: HTMLElement, dot: number, path: string, count: HTMLElement,
 *   items: {item: HTMLElement, text: string}[]}} ListedFile
 */

/** Read when first needed, since that takes a while with thousands of findings. @type {ListedGroup[] | undefined} */
let readGroups

const listedGroups = () =>
  (readGroups ??= [
    .../** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll('.group')),
  ].map((element) => ({
    element,
    files: [.../** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll('.file'))].map(listedFile),
  })))

/** @param {HTMLElement} section @returns {ListedFile} */
function listedFile(section) {
  const dot = Number(section.dataset.dot)
  const items = /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll('.found > li'))
  return {
    section,
    dot,
    path: dots[dot]?.path ?? '',
    count: /** @type {HTMLElement} */ (section.querySelector('.count')),
    items: [...items].map((item) => ({item, text: ''})),
  }
}

/** The files with visible findings, and whether any filter is active. @type {Set<number>} */
let shownFiles = new Set()
let isFiltered = false

/** Called when the visible findings have changed. @type {(() => void)[]} */
const onFilter = []

/**
 * The searchable text of a finding: all but its context lines.
 *
 * @param {string} path
 * @param {HTMLElement} item
 */
const textOf = (path, item) =>
  [path, ...[...item.querySelectorAll('.what, .hit, .note, .hint')].map(({textContent}) => textContent)]
    .join(' ')
    .toLowerCase()

/** A complete path matches one file, any other text all paths that contain it. @param {string} path @param {Filters} filters */
const matchesPath = (path, filters) =>
  dotByPath.has(filters.path)
    ? path === filters.path
    : path.toLowerCase().includes(filters.path.toLowerCase())

/** @param {HTMLElement} item @param {Filters} filters */
const matchesChips = ({className, dataset}, {severities, rules, certainties, fixable, missing}) =>
  (severities.size === 0 || severities.has(className)) &&
  (rules.size === 0 || rules.has(data.rules[Number(dataset.rule)] ?? '')) &&
  (certainties.size === 0 || certainties.has(dataset.likely === undefined ? 'certain' : 'likely')) &&
  (!fixable || dataset.fix !== undefined) &&
  (missing === undefined || dataset.to === String(missing))

/** @param {{item: HTMLElement, text: string}} entry @param {string} path @param {string[]} words */
function matchesWords(entry, path, words) {
  if (words.length > 0 && entry.text === '') entry.text = textOf(path, entry.item)
  return words.every((word) => entry.text.includes(word))
}

/**
 * Show the findings of a file that match. Attributes are only written where they change, which browsers answer with a
 * new layout.
 *
 * @param {ListedFile} file
 * @param {Filters} filters
 */
function filterFile({section, path, count, items}, filters) {
  const isHere = matchesPath(path, filters)
  let shown = 0
  for (const entry of items) {
    const isShown = isHere && matchesChips(entry.item, filters) && matchesWords(entry, path, filters.words)
    if (entry.item.hidden === isShown) entry.item.hidden = !isShown
    if (isShown) shown++
  }
  if (section.hidden !== (shown === 0)) section.hidden = shown === 0
  if (shown > 0) count.textContent = shown === items.length ? String(shown) : `${shown} of ${items.length}`
  return shown
}

/** The number of findings that are unfolded at first, as in what the reporter writes. */
const UNFOLDED = 100

/** Show the findings that match the filters, and unfold the first of them. */
function filterList() {
  const filters = readFilters()
  const wasFiltered = isFiltered
  isFiltered = hasFilters(filters)
  if (isFiltered || wasFiltered) tellState(showMatches(filters), filters)
  for (const callback of onFilter) callback()
}

/** @param {Filters} filters @returns {number} The number of findings that match. */
function showMatches(filters) {
  shownFiles = new Set()
  let count = 0
  for (const {element, files} of listedGroups()) {
    const before = count
    for (const file of files) {
      const shown = filterFile(file, filters)
      if (shown > 0) shownFiles.add(file.dot)
      count += shown
    }
    element.hidden = count === before
    element.open = before < UNFOLDED
  }
  return count
}

/** @param {number} count @param {Filters} filters */
function tellState(count, {missing}) {
  for (const button of clearButtons) button.hidden = !isFiltered
  byId('no-match').hidden = count > 0 || !isFiltered
  const state = document.getElementById('state')
  const about = missing === undefined ? '' : `, to missing ${dots[missing]?.path}`
  if (state)
    state.textContent = isFiltered
      ? `${count.toLocaleString('en')} of ${plural(data.findings, 'finding')}${about}`
      : plural(data.findings, 'finding')
  for (const link of fileLinks)
    if (dots[Number(link.dataset.dot)]?.path === fileField?.value) link.setAttribute('aria-current', 'true')
    else link.removeAttribute('aria-current')
}

/** A sticky form covers the start of the list: scroll it into view. */
function revealList() {
  if (!form || getComputedStyle(form).position !== 'sticky') return
  const list = byId('findings')
  if (list.getBoundingClientRect().top < form.getBoundingClientRect().bottom) list.scrollIntoView()
}

const foldButton = document.getElementById('fold')
foldButton?.addEventListener('click', () => {
  const isOpen = foldButton.textContent !== 'Fold all'
  for (const {element} of listedGroups()) element.open = isOpen
  foldButton.textContent = isOpen ? 'Fold all' : 'Unfold all'
})

/**
 * Fold or unfold the findings of a file. The browser's search still finds them.
 *
 * @param {Element} file
 * @param {boolean} isOpen
 */
function setOpen(file, isOpen) {
  file.querySelector('.fold')?.setAttribute('aria-expanded', String(isOpen))
  const found = file.querySelector('.found')
  if (isOpen) found?.removeAttribute('hidden')
  else found?.setAttribute('hidden', 'until-found')
}

byId('findings').addEventListener('click', ({target}) => {
  const button = target instanceof Element ? target.closest('.fold') : null
  const file = button?.closest('.file')
  if (file) setOpen(file, button?.getAttribute('aria-expanded') === 'false')
})
byId('findings').addEventListener('beforematch', ({target}) => {
  const file = target instanceof Element ? target.closest('.file') : null
  if (file) setOpen(file, true)
})

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // The clipboard API needs a permission that local files may lack; this deprecated way does not.
    const field = document.createElement('textarea')
    field.value = text
    document.body.append(field)
    field.select()
    document.execCommand('copy')
    field.remove()
  }
}

/** The button of a file, which thousands of files get only when it is needed. @param {Event} event */
function offerCopy({target}) {
  const section = target instanceof Element ? target.closest('.file') : null
  if (!section || section.querySelector('.copy')) return
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'copy'
  button.textContent = 'Copy path'
  button.addEventListener('click', async () => {
    await copy(section.querySelector('.path')?.textContent ?? '')
    button.textContent = 'Copied'
    setTimeout(() => void (button.textContent = 'Copy path'), 1500)
  })
  section.querySelector('.count')?.after(button)
}
for (const kind of ['pointerover', 'focusin']) byId('findings').addEventListener(kind, offerCopy)

// Where the list is below these, it comes first.
if (matchMedia('(max-width: 1059px)').matches)
  for (const part of document.querySelectorAll('.dirty .aside > details')) part.removeAttribute('open')
