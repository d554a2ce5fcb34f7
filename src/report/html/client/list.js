const form = document.querySelector('form')
const search = /** @type {HTMLInputElement | null} */ (document.getElementById('search'))
const fileField = /** @type {HTMLInputElement | null} */ (document.getElementById('file'))
const clearButtons = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.clear'))
const chips = /** @type {NodeListOf<HTMLInputElement>} */ (
  document.querySelectorAll('.filters input[type="checkbox"]')
)

/** Every file of the list, with its findings; what can be searched is read when somebody searches. */
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

/** The dot that the list is about. @type {number | undefined} */
let picked

/** The files with findings that are shown, and whether others are not. @type {Set<number>} */
let shownFiles = new Set()
let isFiltered = false

/** Called when the list has changed. @type {(() => void)[]} */
const onFilter = []

/** @param {string} group */
const chosen = (group) =>
  new Set([...chips].filter(({name, checked}) => checked && name === group).map(({value}) => value))

/** Where the form stays in sight, bring the first of what it found out from under it. */
function showStart() {
  if (!form || getComputedStyle(form).position !== 'sticky') return
  const list = byId('findings')
  if (list.getBoundingClientRect().top < form.getBoundingClientRect().bottom) list.scrollIntoView()
}

/**
 * What is searched: all but the lines around.
 *
 * @param {string} path
 * @param {HTMLElement} item
 */
const textOf = (path, item) =>
  [path, ...[...item.querySelectorAll('.what, .hit, .note, .hint')].map(({textContent}) => textContent)]
    .join(' ')
    .toLowerCase()

function filter() {
  const words = (search?.value ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const place = fileField?.value ?? ''
  const exact = dotOf.has(place)
  const target = picked !== undefined && dots[picked]?.kind === 'missing' ? picked : undefined
  const [weights, rules, fix] = [chosen('weight'), chosen('rule'), chosen('fix').size > 0]
  isFiltered = words.length + weights.size + rules.size > 0 || place !== '' || fix || target !== undefined
  let count = 0
  shownFiles = new Set()
  for (const {section, dot, path, items, count: label} of listed) {
    const isHere = exact ? path === place : path.toLowerCase().includes(place.toLowerCase())
    let shown = 0
    for (const entry of items) {
      const {item} = entry
      if (words.length > 0 && entry.text === '') entry.text = textOf(path, item)
      const isShown =
        isHere &&
        (weights.size === 0 || weights.has(item.className)) &&
        (rules.size === 0 || rules.has(item.dataset.rule ?? '')) &&
        (!fix || item.dataset.fix !== undefined) &&
        (target === undefined || item.dataset.to === String(target)) &&
        words.every((word) => entry.text.includes(word))
      if (item.hidden === isShown) item.hidden = !isShown
      if (isShown) shown++
    }
    if (section.hidden !== (shown === 0)) section.hidden = shown === 0
    if (shown > 0) {
      shownFiles.add(dot)
      label.textContent = shown === items.length ? String(shown) : `${shown} of ${items.length}`
    }
    count += shown
  }
  for (const button of clearButtons) button.hidden = !isFiltered
  byId('nothing').hidden = count > 0 || !isFiltered
  const state = document.getElementById('state')
  const about = target === undefined ? '' : `, to missing ${dots[target]?.path}`
  if (state)
    state.textContent = isFiltered
      ? `${count.toLocaleString('en')} of ${plural(findings, 'finding')}${about}`
      : plural(findings, 'finding')
  showStart()
  for (const changed of onFilter) changed()
}

/** Show what is to be said of one dot, or of all again. @param {number | undefined} at */
function select(at) {
  picked = at
  const dot = at === undefined ? undefined : dots[at]
  if (fileField) fileField.value = dot && dot.kind !== 'missing' ? dot.path : ''
  filter()
}

function clear() {
  picked = undefined
  for (const field of [search, fileField]) if (field) field.value = ''
  for (const chip of chips) chip.checked = false
  filter()
}

for (const chip of chips) chip.addEventListener('change', filter)
search?.addEventListener('input', filter)
fileField?.addEventListener('input', () => {
  picked = dotOf.get(fileField.value)
  filter()
})
for (const button of clearButtons)
  button.addEventListener('click', () => {
    clear()
    // The button is gone now, and the focus would be with it.
    search?.focus()
  })
form?.addEventListener('submit', (event) => event.preventDefault())
// The form stays at the top of the window, and what is focused or follows it is to stand below.
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
    // Where the clipboard may not be written, the old way does.
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
  setTimeout(() => void (button.textContent = 'Copy name'), 1500)
})

// Thousands of entries that are read by few are made when the field is used.
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
