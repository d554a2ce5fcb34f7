/** The extensions of Markdown that hosts and generators read, in lower case and without a dot. */
const COMMON_EXTENSIONS = ['md', 'mdx', 'markdown', 'mdown', 'mdwn', 'mkdn', 'mkd', 'mkdown'] as const
/** The extensions of Markdown with code whose results are part of the page, which only some generators read. */
export const COMPUTED_EXTENSIONS = ['qmd', 'rmd', 'rmarkdown'] as const

/** The extensions of the files that doccheck reads as Markdown, in lower case and without a dot. */
export const MARKDOWN_EXTENSIONS = [...COMMON_EXTENSIONS, ...COMPUTED_EXTENSIONS] as const

const namedWith = (extensions: readonly string[]) => new RegExp(`\\.(?:${extensions.join('|')})$`, 'i')
const MARKDOWN_FILE = namedWith(MARKDOWN_EXTENSIONS)
const COMPUTED_FILE = namedWith(COMPUTED_EXTENSIONS)

/** Does a path name a Markdown file? Its extension may be in any letter case. */
export const isMarkdownFile = (path: string): boolean => MARKDOWN_FILE.test(path)

/** Does a path name Markdown with code, which is only a page where the generator of its site reads it? */
export const isComputedMarkdown = (path: string): boolean => COMPUTED_FILE.test(path)

/** A path without its Markdown extension, if it has one: `docs/guide.md` → `docs/guide`. */
export const withoutMarkdownExtension = (path: string): string => path.replace(MARKDOWN_FILE, '')
