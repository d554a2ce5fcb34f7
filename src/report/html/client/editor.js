/** Editors and the URLs by which they open a line of a file. */
const EDITORS = Object.entries({
  'VS Code': 'vscode://file{path}:{line}:{column}',
  VSCodium: 'vscodium://file{path}:{line}:{column}',
  Cursor: 'cursor://file{path}:{line}:{column}',
  Windsurf: 'windsurf://file{path}:{line}:{column}',
  Zed: 'zed://file{path}:{line}:{column}',
  IntelliJ: 'idea://open?file={path}&line={line}&column={column}',
  PyCharm: 'pycharm://open?file={path}&line={line}&column={column}',
  WebStorm: 'webstorm://open?file={path}&line={line}&column={column}',
})
const EDITOR = 'doccheck-editor'
/** The report does not say where its files are, which would tell everybody who gets it: the reader does, once. */
const ROOT = `doccheck-root:${data.name}`

const editorField = /** @type {HTMLSelectElement | null} */ (document.getElementById('editor'))
const rootField = /** @type {HTMLInputElement | null} */ (document.getElementById('root'))

/** The folder of the report, where it is a file: often that of the checked files. */
const folderOfReport = () =>
  location.protocol === 'file:'
    ? decodeURIComponent(location.pathname)
        .replace(/\/[^/]*$/, '')
        .replace(/^\/(?=[A-Za-z]:)/, '')
    : ''

/** `C:\docs\` → `/C:/docs` @param {string} root */
const absolute = (root) => {
  const plain = root.trim().replaceAll('\\', '/').replace(/\/+$/, '')
  return plain === '' || plain.startsWith('/') ? plain : `/${plain}`
}

/** @param {HTMLElement} item @param {string} form @param {string} root */
function editorUrl(item, form, root) {
  const file = item.closest('.file')
  const path = dots[Number(file instanceof HTMLElement ? file.dataset.dot : -1)]?.path
  const [line = '1', column = '1'] = item.querySelector('.at')?.textContent?.split(':') ?? []
  // A name with characters that the report had to escape is not the name of the file.
  if (path === undefined || path.includes('\\u{')) return
  const encoded = `${absolute(root)}/${path}`.split('/').map(encodeURIComponent).join('/')
  return form
    .replace('{path}', encoded.replaceAll('%3A', ':'))
    .replace('{line}', line)
    .replace('{column}', column)
}

/** Give each finding a link to the editor, or none. */
function showEditor() {
  const name = editorField?.value ?? ''
  const form = EDITORS.find(([each]) => each === name)?.[1]
  byId('root-field').hidden = !form
  for (const link of document.querySelectorAll('.found .open')) link.remove()
  if (!form || !rootField?.value) return
  for (const item of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.found > li'))) {
    const url = editorUrl(item, form, rootField.value)
    if (url === undefined) continue
    const link = document.createElement('a')
    link.className = 'open'
    link.href = url
    link.textContent = name
    item.querySelector('.self')?.before(link, ' ')
  }
}

if (editorField && rootField) {
  for (const [name] of EDITORS) editorField.append(new Option(name, name))
  editorField.value = stored(EDITOR) ?? ''
  rootField.value = stored(ROOT) ?? folderOfReport()
  editorField.addEventListener('change', () => {
    store(EDITOR, editorField.value)
    showEditor()
  })
  rootField.addEventListener('change', () => {
    store(ROOT, rootField.value)
    showEditor()
  })
  if (editorField.value) showEditor()
}
