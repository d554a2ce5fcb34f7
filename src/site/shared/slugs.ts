import {trimBoth} from '../../text/trim.ts'

/** Whitespace and punctuation, including typographic quotes, which become a hyphen. */
const SEPARATORS = /[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'“”‘’<>,.?/]+/g
const ASCII_SEPARATORS = /[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'<>,.?/]+/g

const MARKS = /[\u0300-\u036f]/g

/** `slugify` of `@mdit-vue/shared`, verified against it: `2. Déjà vu?` → `_2-deja-vu`. */
export const mditVueSlug = (text: string): string =>
  vueSlug(text.normalize('NFKD').replace(MARKS, ''), SEPARATORS)

/** `slugify` of VitePress 0, which removes accents of Latin letters only: `Déjà мой “vu”` → `deja-мой-“vu”`. */
export const vitepress0Slug = (text: string): string =>
  vueSlug(
    text
      .normalize('NFC')
      .replace(/\p{Script=Latin}/gu, (letter) => letter.normalize('NFKD').replace(MARKS, '')),
    ASCII_SEPARATORS,
  )

/** With dashes, too. */
const VUEPRESS1_SEPARATORS = /[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'“”‘’–—<>,.?/]+/g

/** `slugify` of `@vuepress/shared-utils` 1, verified against it: `2. Déjà vu — again` → `_2-deja-vu-again`. */
export const vuepress1Slug = (text: string): string =>
  vueSlug(text.normalize('NFKD').replace(MARKS, ''), VUEPRESS1_SEPARATORS)

const vueSlug = (text: string, separators: RegExp): string =>
  trimBoth(
    text
      .replace(/[\0-\x1f]/g, '')
      .replace(separators, '-')
      .replace(/-{2,}/g, '-'),
    '-',
  )
    .replace(/^(?=\d)/, '_')
    .toLowerCase()

/** Python's ASCII whitespace. */
const PYTHON_SPACE = ' \t\n\v\f\r\x1c\x1d\x1e\x1f'
const NOT_IN_PYTHON_SLUG = new RegExp(`[^A-Za-z0-9_${PYTHON_SPACE}-]`, 'g')
const PYTHON_GAPS = new Map(
  ['-', '_', ''].map((separator) => [separator, new RegExp(`[${PYTHON_SPACE}${separator}]+`, 'g')]),
)

/**
 * The default slug of Python-Markdown's `toc` extension: `Café & Bar` → `cafe-bar`.
 *
 * @param separator Its option `separator`: `-`, `_`, or none.
 */
export const pythonMarkdownSlug = (text: string, separator = '-'): string =>
  trimBoth(text.normalize('NFKD').replace(NOT_IN_PYTHON_SLUG, ''), PYTHON_SPACE)
    .toLowerCase()
    .replace(PYTHON_GAPS.get(separator)!, separator)

/** The slug of kramdown's own input format: `3 Steps: go` → `steps-go`. */
export const kramdownSlug = (text: string): string =>
  text
    .replace(/^[^a-zA-Z]+/, '')
    .replace(/[^a-zA-Z0-9 -]+/g, '')
    .replaceAll(' ', '-')
    .toLowerCase()
