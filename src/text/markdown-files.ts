/** The extensions of the files that doccheck reads as Markdown, in lower case and without a dot. */
export const MARKDOWN_EXTENSIONS = ['md', 'mdx', 'markdown', 'mdown', 'mkdn', 'mkd', 'mkdown'] as const

const MARKDOWN_FILE = new RegExp(`\\.(?:${MARKDOWN_EXTENSIONS.join('|')})$`, 'i')

/** Does a path name a Markdown file? Its extension may be in any letter case. */
export const isMarkdownFile = (path: string): boolean => MARKDOWN_FILE.test(path)

/** A path without its Markdown extension, if it has one: `docs/guide.md` → `docs/guide`. */
export const withoutMarkdownExtension = (path: string): string => path.replace(MARKDOWN_FILE, '')
