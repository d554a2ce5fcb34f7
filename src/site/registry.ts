import type {Host, Platform} from './platform.ts'
import {antora} from './platforms/antora/index.ts'
import {azureWiki} from './platforms/azure-wiki/index.ts'
import {docfx} from './platforms/docfx/index.ts'
import {docsify} from './platforms/docsify/index.ts'
import {docusaurus} from './platforms/docusaurus/index.ts'
import {dumi} from './platforms/dumi/index.ts'
import {eleventy} from './platforms/eleventy/index.ts'
import {foam} from './platforms/foam/index.ts'
import {fumadocs} from './platforms/fumadocs/index.ts'
import {gatsby} from './platforms/gatsby/index.ts'
import {gitbook} from './platforms/gitbook/index.ts'
import {github} from './platforms/github/index.ts'
import {githubWiki} from './platforms/github-wiki/index.ts'
import {gitlab} from './platforms/gitlab/index.ts'
import {gitlabWiki} from './platforms/gitlab-wiki/index.ts'
import {hexo} from './platforms/hexo/index.ts'
import {honkit} from './platforms/honkit/index.ts'
import {hugo} from './platforms/hugo/index.ts'
import {jekyll} from './platforms/jekyll/index.ts'
import {jupyterBook} from './platforms/jupyter-book/index.ts'
import {lume} from './platforms/lume/index.ts'
import {mdbook} from './platforms/mdbook/index.ts'
import {mintlify} from './platforms/mintlify/index.ts'
import {mkdocs} from './platforms/mkdocs/index.ts'
import {myst} from './platforms/myst/index.ts'
import {next} from './platforms/next/index.ts'
import {nextra} from './platforms/nextra/index.ts'
import {nuxtContent} from './platforms/nuxt-content/index.ts'
import {obsidian} from './platforms/obsidian/index.ts'
import {pelican} from './platforms/pelican/index.ts'
import {quarto} from './platforms/quarto/index.ts'
import {quartz} from './platforms/quartz/index.ts'
import {redocly} from './platforms/redocly/index.ts'
import {retype} from './platforms/retype/index.ts'
import {rspress} from './platforms/rspress/index.ts'
import {starlight} from './platforms/starlight/index.ts'
import {vitepress} from './platforms/vitepress/index.ts'
import {vocs} from './platforms/vocs/index.ts'
import {vuepress} from './platforms/vuepress/index.ts'
import {writerside} from './platforms/writerside/index.ts'
import {zensical} from './platforms/zensical/index.ts'
import {zola} from './platforms/zola/index.ts'

/** The hosts that show the files of a repository; the first one is assumed if none is detected. */
export const HOSTS = [github, gitlab] as const satisfies readonly Host[]

/** All other platforms, which generate sites from the files of a repository. */
const GENERATORS = [
  // Before Jekyll, whose configuration has the same name.
  hexo,
  jekyll,
  mkdocs,
  vitepress,
  nuxtContent,
  rspress,
  docusaurus,
  starlight,
  hugo,
  mdbook,
  docfx,
  myst,
  // Before Next.js, whose configuration is beside theirs.
  fumadocs,
  nextra,
  next,
  vuepress,
  gatsby,
  eleventy,
  zensical,
  pelican,
  vocs,
  lume,
  writerside,
  retype,
  redocly,
  dumi,
  honkit,
  zola,
  antora,
  quarto,
  quartz,
  mintlify,
  jupyterBook,
  gitbook,
  docsify,
  githubWiki,
  gitlabWiki,
  azureWiki,
  obsidian,
  foam,
] as const satisfies readonly Platform[]

/** Every platform that doccheck detects. */
export const ALL_PLATFORMS: readonly Platform[] = [...HOSTS, ...GENERATORS]

/** The name for a generator that doccheck has no rules for. */
export const OTHER = 'other'

/** A platform that can be configured: every one that doccheck detects, and {@link OTHER}. */
export type PlatformName = (typeof HOSTS | typeof GENERATORS)[number]['name'] | typeof OTHER

/** The platforms that can be configured. */
export const PLATFORMS = [...[...HOSTS, ...GENERATORS].map(({name}) => name), OTHER] as const

/**
 * Look up a platform by its name.
 *
 * @param added The platforms that plugins define.
 */
export const platformNamed = (name: string, added: readonly Platform[] = []): Platform | undefined =>
  [...added, ...ALL_PLATFORMS].find((platform) => platform.name === name)

/** Look up a host by its name; any other name yields the assumed one. */
export const hostNamed = (name: string): Host => HOSTS.find((host) => host.name === name) ?? HOSTS[0]
