/** A number of findings in the list of files. @param {'error' | 'warning' | 'info'} severity @param {number} count */
function countOf(severity, count) {
  const element = document.createElement('span')
  element.className = `severity ${severity}`
  element.textContent = count.toLocaleString('en')
  element.title = plural(count, severity === 'info' ? 'note' : severity)
  return element
}

/** A path with an emphasized file name. @param {string} path */
function pathOf(path) {
  const slash = path.lastIndexOf('/') + 1
  const [element, name] = [document.createElement('span'), document.createElement('b')]
  element.className = 'path'
  name.textContent = path.slice(slash)
  element.append(path.slice(0, slash), name)
  return element
}

/** The list of files with findings, those with most errors first. */
function listFiles() {
  const list = document.getElementById('file-list')
  if (!list) return []
  const files = dots
    .map((dot, at) => ({...dot, at}))
    .filter(({errors, warnings, infos}) => errors + warnings + infos > 0)
    .sort((a, b) => b.errors - a.errors || b.warnings - a.warnings || b.infos - a.infos || a.at - b.at)
  const links = files.map(({path, at, errors, warnings, infos}) => {
    const link = document.createElement('a')
    link.href = `#${new URLSearchParams({file: path})}`
    link.dataset.dot = String(at)
    link.append(pathOf(path))
    if (errors > 0) link.append(' ', countOf('error', errors))
    if (warnings > 0) link.append(' ', countOf('warning', warnings))
    if (infos > 0) link.append(' ', countOf('info', infos))
    return link
  })
  const items = links.map((link) => {
    const item = document.createElement('li')
    item.append(link)
    return item
  })
  list.querySelector('ol')?.append(...items)
  const count = list.querySelector('.count')
  if (count) count.textContent = links.length.toLocaleString('en')
  return links
}
const fileLinks = listFiles()
