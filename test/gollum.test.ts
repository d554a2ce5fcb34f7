import {execFileSync} from 'node:child_process'
import fc from 'fast-check'
import {expect, it} from 'vitest'
import {describeGithub} from '../src/site/platforms/github/describe.ts'
import {resolveOnGithubWiki} from '../src/site/platforms/github-wiki/links.ts'
import {GithubWiki} from '../src/site/platforms/github-wiki/wiki.ts'
import {resolveOnGitlabWiki} from '../src/site/platforms/gitlab-wiki/links.ts'
import {GitlabWiki} from '../src/site/platforms/gitlab-wiki/wiki.ts'
import {ruby} from './needs.ts'
import {contextOf} from './virtual-tree.ts'

/** A wiki without a repository. */
const WIKI = `
require 'json'
require 'addressable/uri'
require 'gollum-lib'
class Entry < Gollum::BlobEntry
  def page(*) = path
end
class Wiki
  attr_reader :ws_subs, :page_class
  def initialize(paths)
    @ws_subs = Gollum::Wiki.default_ws_subs
    @page_class = Gollum::Page
    @map = paths.map { |path| Entry.new('', path) }
  end
  def page(name, _ = nil, dir = nil, exact = false)
    Gollum::Page.new(self).send(:find_page_in_tree, @map, name, dir, exact)
  end
  def paged(name, dir = nil) = page(name, nil, dir)
end
`
/** The pages that gollum finds: for the name in double brackets, and for the name in a URL. */
const NAMES = `${WIKI}
Markup = Struct.new(:wiki)
puts JSON.parse(STDIN.read).map { |paths, names|
  wiki = Wiki.new(paths)
  tags = Gollum::Filter::Tags.allocate
  tags.instance_variable_set(:@markup, Markup.new(wiki))
  names.map { |name|
    page = tags.send(:find_page_from_name, Gollum::Page.cname(name))
    [page.is_a?(Array) ? page[0] : page, wiki.page(name)]
  }
}.to_json
`
/**
 * The pages and files that links lead to on GitLab: paths with an extension, or a dot at their beginning, begin in the folder
 * of the page, and others at the root; a page is then found by its name in that folder only.
 */
const LINKS = `${WIKI}
puts JSON.parse(STDIN.read).map { |paths, from, links|
  wiki = Wiki.new(paths)
  links.map { |link|
    uri = Addressable::URI.parse(link)
    isFromPage = uri.extname != '' || link.start_with?('.')
    uri = Addressable::URI.join(from.sub(/\\.md$/, ''), uri) if isFromPage
    path = File.expand_path(Addressable::URI.unencode(uri.path), '/').sub('/', '')
    dir, _, title = path.rpartition('/')
    wiki.page(title, nil, dir, true) || (path if paths.include?(path))
  }
}.to_json
`
const gollum = ruby('gollum (Debian: ruby-gollum-lib)', 'gollum-lib', 'addressable/uri', 'json')

const WORDS = [
  ...['Set', 'up', 'Lamp', 'v2.0', 'C++', '(x)', 'A_b', 'été', 'Ёж', 'Λάμπα', 'Լամպ', 'ლამპა', 'נר', 'مصباح'],
  ...['दीप', 'โคม', '灯泡', 'ランプ', '등불'],
]
const name = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom('-', ' ', '_', '')), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) =>
    parts
      .flat()
      .join('')
      .replace(/[-_ ]+$/, ''),
  )
const folder = fc.constantFrom('', '', 'docs/', 'docs/more/', 'Über uns/')
const extension = fc.constantFrom('.md', '.md', '.rst', '.asciidoc', '.txt', '.png')
const path = fc.tuple(folder, name, extension).map((parts) => parts.join(''))

/** A name as it is, or as people write it. */
const written = (paths: readonly string[], underscore = '_') =>
  fc
    .tuple(
      fc.oneof({weight: 4, arbitrary: fc.constantFrom(...paths)}, {weight: 1, arbitrary: path}),
      fc.boolean(),
      fc.constantFrom<(text: string) => string>(
        (text) => text,
        (text) => text.replaceAll('-', ' '),
        (text) => text.replaceAll(' ', '-'),
        (text) => text.replaceAll(' ', underscore || ' '),
        (text) => text.replace(/[a-z]+/gi, (word) => word.toUpperCase()),
      ),
    )
    .map(([each, hasFolder, change]) => {
      const stem = each.replace(/\.(?:md|rst|asciidoc|png|txt)$/, '')
      return change(hasFolder ? stem : stem.replace(/^.*\//, ''))
    })

it.skipIf(!gollum)('finds pages of 100 wikis by name as gollum does', async () => {
  const host = await describeGithub(contextOf({}))
  const trees = fc.sample(
    fc
      .uniqueArray(path, {minLength: 3, maxLength: 9})
      .chain((paths) =>
        fc.tuple(fc.constant(paths), fc.array(written(paths), {minLength: 20, maxLength: 20})),
      ),
    {numRuns: 100, seed: 5},
  )
  const expected: [string | null, string | null][][] = JSON.parse(
    execFileSync(gollum!, ['-W0', '-e', NAMES], {input: JSON.stringify(trees), encoding: 'utf8'}),
  )
  let found = 0
  for (const [at, [paths, names]] of trees.entries()) {
    const ctx = contextOf(Object.fromEntries(paths.map((each) => [each, ''])))
    const wiki = new GithubWiki({...ctx, host, origin: undefined, isRepository: true})
    for (const [index, each] of names.entries()) {
      const [inBrackets, atUrl] = expected[at]![index]!
      const answer = resolveOnGithubWiki(wiki, {url: each, kind: 'wikilink'}, 'Home.md')
      const pages = wiki.pagesOf(each)
      const shown = JSON.stringify([paths, each])
      if (inBrackets !== null) expect(answer, shown).toMatchObject({path: inBrackets})
      if (atUrl !== null) expect(pages, shown).toContain(atUrl)
      // GitHub shows a page of the wiki whatever folder a link names; gollum, only in that folder.
      if (inBrackets === null && atUrl === null && !each.includes('/')) expect(pages, shown).toEqual([])
      found += inBrackets === null ? 0 : 1
    }
  }
  expect(found).toBeGreaterThan(800)
})

it.skipIf(!gollum)('finds pages of 100 wikis by links as GitLab does', async () => {
  const host = await describeGithub(contextOf({}))
  const pagePath = fc
    .tuple(folder, name, fc.constantFrom('.md', '.rst', '.png'))
    .map((parts) => parts.join(''))
  const page = pagePath.filter((each) => each.endsWith('.md'))
  const trees = fc.sample(
    fc.tuple(fc.uniqueArray(pagePath, {minLength: 3, maxLength: 9}), page).chain(([paths, from]) => {
      const links = fc
        .tuple(written([...paths, from], ''), fc.constantFrom('', '', '/', './', '../'), fc.boolean())
        .map(([each, start, isFile]) => start + encodeURI(isFile ? `${each}.md` : each))
      return fc.tuple(
        fc.constant([...new Set([...paths, from])]),
        fc.constant(from),
        fc.array(links, {minLength: 20, maxLength: 20}),
      )
    }),
    {numRuns: 100, seed: 6},
  )
  const expected: (string | null)[][] = JSON.parse(
    execFileSync(gollum!, ['-W0', '-e', LINKS], {input: JSON.stringify(trees), encoding: 'utf8'}),
  )
  let found = 0
  for (const [at, [paths, from, links]] of trees.entries()) {
    const ctx = contextOf(Object.fromEntries(paths.map((each) => [each, ''])))
    const wiki = new GitlabWiki({...ctx, host, origin: undefined, isRepository: true}, new Map())
    for (const [index, url] of links.entries()) {
      const target = expected[at]![index]!
      const answer = resolveOnGitlabWiki(wiki, {url}, from)
      if (target !== null) expect(answer, JSON.stringify([paths, from, url])).toMatchObject({path: target})
      // Other links may also begin in the other folder: GitLab's documentation has both.
      else if (url.startsWith('/')) expect(answer, url).toMatchObject({to: 'missing'})
      found += target === null ? 0 : 1
    }
  }
  expect(found).toBeGreaterThan(500)
})
