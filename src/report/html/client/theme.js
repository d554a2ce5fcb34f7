const THEME = 'doccheck-theme'
const themeButton = byId('theme')
const prefersDark = matchMedia('(prefers-color-scheme: dark)')

/** Called when the colors have changed. @type {(() => void)[]} */
const onTheme = []

/** Some browsers deny storage to local files. @returns {string | null} */
function storedTheme() {
  try {
    return localStorage.getItem(THEME)
  } catch {
    return null
  }
}

/** @param {string} theme */
function storeTheme(theme) {
  try {
    localStorage.setItem(THEME, theme)
  } catch {}
}

function showTheme() {
  const chosen = document.documentElement.dataset.theme
  const dark = chosen ? chosen === 'dark' : prefersDark.matches
  themeButton.setAttribute('aria-pressed', String(dark))
  for (const callback of onTheme) callback()
}

const stored = storedTheme()
if (stored === 'dark' || stored === 'light') document.documentElement.dataset.theme = stored
prefersDark.addEventListener('change', showTheme)
themeButton.addEventListener('click', () => {
  const theme = themeButton.getAttribute('aria-pressed') === 'true' ? 'light' : 'dark'
  document.documentElement.dataset.theme = theme
  storeTheme(theme)
  showTheme()
})
showTheme()
