const form = document.querySelector('form')
const search = /** @type {HTMLInputElement | null} */ (document.getElementById('search'))
const fileField = /** @type {HTMLInputElement | null} */ (document.getElementById('file'))
const clearButtons = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.clear'))
const chips = /** @type {NodeListOf<HTMLInputElement>} */ (
  document.querySelectorAll('.filters input[type="checkbox"]')
)

/** The dot whose findings are shown. @type {number | undefined} */
let selected

/** The checked filters of a group. @param {string} group */
const checkedIn = (group) =>
  new Set([...chips].filter(({name, checked}) => checked && name === group).map(({value}) => value))

/**
 * The active filters.
 *
 * @typedef {{words: string[], path: string, severities: Set<string>, rules: Set<string>, certainties: Set<string>,
 *   fixable: boolean, missing: number | undefined}} Filters
 */

/** @returns {Filters} */
const readFilters = () => ({
  words: (search?.value ?? '').toLowerCase().split(/\s+/).filter(Boolean),
  path: fileField?.value ?? '',
  severities: checkedIn('severity'),
  rules: checkedIn('rule'),
  certainties: checkedIn('certainty'),
  fixable: checkedIn('fix').size > 0,
  missing: selected !== undefined && dots[selected]?.kind === 'missing' ? selected : undefined,
})

/** @param {Filters} filters */
const hasFilters = ({words, path, severities, rules, certainties, fixable, missing}) =>
  words.length + severities.size + rules.size + certainties.size > 0 ||
  path !== '' ||
  fixable ||
  missing !== undefined

/** The filters as the fragment of an address: `#q=gone&rule=no-broken-link`; empty without any. */
function addressOfFilters() {
  const address = new URLSearchParams()
  for (const field of [search, fileField]) if (field?.value) address.append(field.name, field.value)
  for (const {name, value, checked} of chips) if (checked) address.append(name, value)
  const dot = selected === undefined ? undefined : dots[selected]
  if (dot?.kind === 'missing') address.append('target', dot.path)
  return address.size === 0 ? '' : `#${address}`
}

/** Set all filters to those of an address. @param {URLSearchParams} address */
function setFilters(address) {
  for (const field of [search, fileField]) if (field) field.value = address.get(field.name) ?? ''
  for (const chip of chips) chip.checked = address.getAll(chip.name).includes(chip.value)
  const target = address.get('target')
  selected =
    target === null
      ? dotByPath.get(address.get('file') ?? '')
      : dots.findIndex(({kind, path}) => kind === 'missing' && path === target)
  if (selected === -1) selected = undefined
}

/** The field in which the reader has been typing: further characters do not add to the history. @type {unknown} */
let typedIn

/**
 * Apply the filters and write them to the address, so that the back button undoes the change.
 *
 * @param {unknown} [field] The field that the reader types in.
 */
function filter(field) {
  filterList()
  revealList()
  const address = addressOfFilters() || location.pathname + location.search
  if (field !== undefined && field === typedIn) history.replaceState(null, '', address)
  else if (addressOfFilters() !== location.hash) history.pushState(null, '', address)
  typedIn = field
}

/** Show the findings of one dot, or of all again. @param {number | undefined} at */
function select(at) {
  selected = at
  const dot = at === undefined ? undefined : dots[at]
  if (fileField) fileField.value = dot && dot.kind !== 'missing' ? dot.path : ''
  filter()
}

function clear() {
  setFilters(new URLSearchParams())
  filter()
}

/** Show what the address says: a finding, or the findings that match filters. */
function followAddress() {
  const finding = /^#f-[\da-f]+$/.test(location.hash) ? document.getElementById(location.hash.slice(1)) : null
  // Other fragments name a part of the document.
  if (!finding && location.hash !== '' && !location.hash.includes('=')) return filterList()
  setFilters(new URLSearchParams(finding ? '' : location.hash.slice(1)))
  filterList()
  if (!finding) return
  const file = finding.closest('.file')
  if (file) setOpen(file, true)
  for (let element = finding.parentElement; element; element = element.parentElement)
    if (element instanceof HTMLDetailsElement) element.open = true
  finding.scrollIntoView()
}
addEventListener('hashchange', () => {
  typedIn = undefined
  followAddress()
})

for (const chip of chips) chip.addEventListener('change', () => filter())
search?.addEventListener('input', () => filter(search))
fileField?.addEventListener('input', () => {
  selected = dotByPath.get(fileField.value)
  filter(fileField)
})
document.getElementById('file-list')?.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  // Other filters stay.
  event.preventDefault()
  const at = Number(link.dataset.dot)
  select(at === selected ? undefined : at)
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

// There may be thousands of options: they are created when the field is first used.
fileField?.addEventListener(
  'focus',
  () =>
    byId('files').append(
      ...[...fileLinks].map(({dataset}) => {
        const option = document.createElement('option')
        option.value = dots[Number(dataset.dot)]?.path ?? ''
        return option
      }),
    ),
  {once: true},
)
