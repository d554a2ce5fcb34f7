// Links that are not written as links: includes, imports, roles and directives, values of front matter, and URLs of the
// repository itself. They are found by their text, since a measure by what doccheck reads would leave out all that it
// does not.

/** Each construct with its kind; the group is the target. */
const CONSTRUCTS = [
  ['include', /\{\{#(?:include|rustdoc_include|playground) +([^\s:{}]+)/g],
  ['include', /^[ \t]*-*8<-+ +["']([^"'\n:;]+)["']/gm],
  ['include', /\{% +include(?:_relative)? +([\w./-]+\.\w+) /g],
  ['include', /<!-- *@include: *([^\s{}#]+)/g],
  ['include', /\[!(?:include|code-\w+) *\[[^\]\n]*\]\(([^\s()?#]+)/gi],
  ['include', /^\{\{< +include +([^\s<>{}"]+) +>\}\}/gm],
  ['include', /\{\{[<%] +readfile +(?:file=)?["']([^"'\n]+)["']/g],
  ['include', /^[`~:]{3,}\{(?:include|literalinclude)\} +([^\s{}]+)$/gm],
  ['import', /^import [^'"\n]+ from ["'](\.{1,2}\/[^'"\n]+\.\w+)["']/gm],
  ['role or directive', /\{(?:doc|download)\}`(?:[^`<\n]*<)?([^`<>\n]+)>?`/g],
  ['role or directive', /^[`~:]{3,}\{(?:figure|image)\} +([^\s{}]+)$/gm],
]
const REPOSITORY =
  /https:\/\/github\.com\/([\w.-]+\/[\w.-]+)\/(?:blob|tree)\/([\w.-]+)\/([^\s()<>"'`#?[\]{}|]+[\w/])/g
const FRONT_MATTER = /^(?:image|cover|thumbnail|redirect_to): +["']?([^\s"'{}]+\.\w+)["']?[ \t]*$/gm

const blank = (text) => text.replace(/[^\n]/g, ' ')

/** The text with fenced code and code spans blank. */
export const withoutCode = (source) =>
  source.replace(/^ *(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ *\1[^\n]*$|`[^`\n]*`/gm, blank)

/** The text with what Jekyll leaves as it is blank. */
const withoutRaw = (source) => source.replace(/\{% *raw *%\}[\s\S]*?\{% *endraw *%\}/g, blank)

/** The links of a page that are written as one of the constructs and lead to a file of the tree, by their offset. */
export function constructsIn(file, whole, targets, repository) {
  const source = withoutRaw(whole)
  const text = withoutCode(source)
  const found = new Map()
  const add = (kind, match, url, target) => {
    const start = match.index + match[0].lastIndexOf(url)
    if (target !== undefined)
      found.set(start, {kind, url, target: {start, end: start + url.length}, seen: target})
  }
  // Code that is shown imports nothing.
  for (const [kind, pattern] of CONSTRUCTS)
    for (const match of (kind === 'import' ? text : source).matchAll(pattern))
      add(kind, match, match[1], targets.named(match[1], file))
  const front = /^---\r?\n[\s\S]*?\n---/.exec(source)?.[0] ?? ''
  for (const match of front.matchAll(FRONT_MATTER))
    if (!/^https?:/.test(match[1])) add('front matter', match, match[1], targets.named(match[1], file))
  // Nobody follows URLs in code and comments.
  const shown = text.replace(/<!--[\s\S]*?-->/g, blank)
  for (const match of repository ? shown.matchAll(REPOSITORY) : []) {
    const [url, name, branch, place] = match
    if (name.toLowerCase() !== repository.name || branch !== repository.branch) continue
    add('URL of the repository', match, url, targets.named(`/${place}`, ''))
  }
  return found
}
