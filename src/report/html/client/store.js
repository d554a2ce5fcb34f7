/** Some browsers deny storage to local files. @param {string} key @returns {string | null} */
function stored(key) {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** @param {string} key @param {string} value */
function store(key, value) {
  try {
    localStorage.setItem(key, value)
  } catch {}
}
