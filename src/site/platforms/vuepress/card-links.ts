import type {Handing} from '../../shared/vue/components.ts'

/** The properties of the components of vuepress-plugin-components that are links, and what the components make of these. */
export const PROPS: Readonly<Record<string, Handing>> = {
  'vpcard link': 'route',
  'vpcard logo': 'based image',
  'siteinfo url': 'browser',
  'siteinfo preview': 'based image',
}
