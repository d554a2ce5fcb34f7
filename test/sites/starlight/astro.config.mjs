import starlight from '@astrojs/starlight'
import {defineConfig} from 'astro/config'

const base = '/base'

export default defineConfig({
  site: 'https://example.test',
  base,
  trailingSlash: 'always',
  redirects: {'/old': '/base/guides/first/'},
  integrations: [
    starlight({
      title: 'Test',
      pagefind: false,
      locales: {root: {label: 'English', lang: 'en'}, fr: {label: 'Français'}},
    }),
  ],
})
