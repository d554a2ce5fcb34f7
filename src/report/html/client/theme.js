const THEME = 'doccheck-theme'
const themeButton = byId('theme')
const prefersDark = matchMedia('(prefers-color-scheme: dark)')

/** Called when the colors have changed. @type {(() => void)[]} */
const onTheme = []

function showTheme() {
  const chosen = document.documentElement.dataset.theme
  const dark = chosen ? chosen === 'dark' : prefersDark.matches
  themeButton.setAttribute('aria-pressed', String(dark))
  for (const callback of onTheme) callback()
}

const storedTheme = stored(THEME)
if (storedTheme === 'dark' || storedTheme === 'light') document.documentElement.dataset.theme = storedTheme
prefersDark.addEventListener('change', showTheme)
themeButton.addEventListener('click', () => {
  const theme = themeButton.getAttribute('aria-pressed') === 'true' ? 'light' : 'dark'
  document.documentElement.dataset.theme = theme
  store(THEME, theme)
  showTheme()
})
showTheme()
