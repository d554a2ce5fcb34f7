const form = document.querySelector('form')
const search = /** @type {HTMLInputElement | null} */ (document.getElementById('search'))
const fileField = /** @type {HTMLInputElement | null} */ (document.getElementById('file'))
const clearButtons = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.clear'))
const chips = /** @type {NodeListOf<HTMLInputElement>} */ (
  document.querySelectorAll('.filters input[type="checkbox"]')
)

/** The files of the list with their findings; their searchable text is read on the first search. */
const listed = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.file'))].map(
  (section) => {
    const dot = Number(section.id.slice(1))
    return {
      section,
      dot,
      path: dots[dot]?.path ?? '',
      count: /** @type {HTMLElement} */ (section.querySelector('.count')),
      items: [.../** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll('.found > li'))].map(
        (item) => ({
          item,
          text: '',
        }),
      ),
    }
  },
)
const findings = listed.reduce((sum, {items}) => sum + items.length, 0)

/** The dot whose findings are shown. @type {number | undefined} */
let selected

/** The files with visible findings, and whether any filter is active. @type {Set<number>} */
let shownFiles = new Set()
let isFiltered = false

/** Called when the visible findings have changed. @type {(() => void)[]} */
const onFilter = []

/** The checked filters of a group. @param {string} group */
const checkedIn = (group) =>
  new Set([...chips].filter(({name, checked}) => checked && name === group).map(({value}) => value))

/** A sticky form covers the start of the list: scroll it into view. */
function revealList() {
  if (!form || getComputedStyle(form).position !== 'sticky') return
  const list = byId('findings')
  if (list.getBoundingClientRect().top < form.getBoundingClientRect().bottom) list.scrollIntoView()
}

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

/**
 * The active filters.
 *
 * @typedef {{words: string[], path: string, severities: Set<string>, rules: Set<string>, fixable: boolean,
 *   missing: number | undefined}} Filters
 */

/** @returns {Filters} */
const readFilters = () => ({
  words: (search?.value ?? '').toLowerCase().split(/\s+/).filter(Boolean),
  path: fileField?.value ?? '',
  severities: checkedIn('severity'),
  rules: checkedIn('rule'),
  fixable: checkedIn('fix').size > 0,
  missing: selected !== undefined && dots[selected]?.kind === 'missing' ? selected : undefined,
})

/** A complete path matches one file, any other text all paths that contain it. @param {string} path @param {Filters} filters */
const matchesPath = (path, filters) =>
  dotByPath.has(filters.path)
    ? path === filters.path
    : path.toLowerCase().includes(filters.path.toLowerCase())

/** @param {HTMLElement} item @param {Filters} filters */
const matchesChips = ({className, dataset}, {severities, rules, fixable, missing}) =>
  (severities.size === 0 || severities.has(className)) &&
  (rules.size === 0 || rules.has(dataset.rule ?? '')) &&
  (!fixable || dataset.fix !== undefined) &&
  (missing === undefined || dataset.to === String(missing))

/** @param {{item: HTMLElement, text: string}} entry @param {string} path @param {string[]} words */
function matchesWords(entry, path, words) {
  if (words.length > 0 && entry.text === '') entry.text = textOf(path, entry.item)
  return words.every((word) => entry.text.includes(word))
}

/** Show the findings of a file that match. @param {typeof listed[number]} file @param {Filters} filters @returns {number} */
function filterFile({section, path, items, count}, filters) {
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

/** Show the findings that match the filters, and their number. */
function filter() {
  const filters = readFilters()
  const {words, path, severities, rules, fixable, missing} = filters
  isFiltered =
    words.length + severities.size + rules.size > 0 || path !== '' || fixable || missing !== undefined
  let count = 0
  shownFiles = new Set()
  for (const file of listed) {
    const shown = filterFile(file, filters)
    if (shown > 0) shownFiles.add(file.dot)
    count += shown
  }
  for (const button of clearButtons) button.hidden = !isFiltered
  byId('no-match').hidden = count > 0 || !isFiltered
  const state = document.getElementById('state')
  const about = missing === undefined ? '' : `, to missing ${dots[missing]?.path}`
  if (state)
    state.textContent = isFiltered
      ? `${count.toLocaleString('en')} of ${plural(findings, 'finding')}${about}`
      : plural(findings, 'finding')
  revealList()
  for (const callback of onFilter) callback()
}

/** Show the findings of one dot, or of all again. @param {number | undefined} at */
function select(at) {
  selected = at
  const dot = at === undefined ? undefined : dots[at]
  if (fileField) fileField.value = dot && dot.kind !== 'missing' ? dot.path : ''
  filter()
}

function clear() {
  selected = undefined
  for (const field of [search, fileField]) if (field) field.value = ''
  for (const chip of chips) chip.checked = false
  filter()
}

for (const chip of chips) chip.addEventListener('change', filter)
search?.addEventListener('input', filter)
fileField?.addEventListener('input', () => {
  selected = dotByPath.get(fileField.value)
  filter()
})
for (const button of clearButtons)
  button.addEventListener('click', () => {
    clear()
    // The button disappears, and would take the focus along.
    search?.focus()
  })
form?.addEventListener('submit', (event) => event.preventDefault())
// Scroll targets must stay below the form, which sticks to the top of the window.
if (form)
  new ResizeObserver(() => {
    document.documentElement.style.setProperty('--bar', `${form.offsetHeight}px`)
  }).observe(form)

document.addEventListener('keydown', (event) => {
  if (
    event.key === '/' &&
    !(event.target instanceof HTMLInputElement) &&
    !event.ctrlKey &&
    !event.metaKey &&
    search
  ) {
    event.preventDefault()
    search.focus()
    search.select()
  }
  if (event.key === 'Escape' && !event.defaultPrevented) clear()
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

byId('findings').addEventListener('click', async ({target: clicked}) => {
  const button = clicked instanceof Element ? clicked.closest('button.copy') : null
  if (!button) return
  await copy(listed.find(({section}) => section.contains(button))?.path ?? '')
  button.textContent = 'Copied'
  setTimeout(() => void (button.textContent = 'Copy path'), 1500)
})

// There may be thousands of options: they are created when the field is first used.
fileField?.addEventListener(
  'focus',
  () =>
    byId('files').append(
      ...listed.map(({path}) => {
        const option = document.createElement('option')
        option.value = path
        return option
      }),
    ),
  {once: true},
)
