import type {Syntax} from '../../src/page/syntax.ts'
import {sampleOf} from './platforms.ts'
import {counted, reading, repeated, type Series} from './series.ts'
import {resolving, word} from './sites.ts'

const VAULT: Syntax = {
  wikilinks: {embeds: true, inFrontMatter: true, spansCells: true},
  blockIds: true,
  percentComments: true,
}

/** Notes that name each other, in folders, and a list of all of them, of missing ones and of headings. */
const notes = (folder: string, n: number): Record<string, string> => ({
  [`${folder}/the-list.md`]: counted(
    n,
    (at) =>
      `[[${word(at)}#Part ${word(at)}|text]] [[x/${word(at)}]] [[Gone ${word(at)}]] ![[${word(at)}.png]] [[${word(at)}#^b]]\n`,
  ),
  ...Object.fromEntries(
    Array.from({length: n}, (_, at) => [
      `${folder}/${at % 2 === 0 ? 'x' : 'y'}/${word(at)}.md`,
      `---\naliases: [Also ${word(at)}]\nup: "[[${word(at + 1)}]]"\n---\n\n# Part ${word(at)}\n\n[[Also ${word(at)}]] ^b\n`,
    ]),
  ),
})

/** Notes of one name, each in a folder of its own, that name each other. */
const sameName = (folder: string, n: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({length: n}, (_, at) => [
      `${folder}/${word(at)}/index.md`,
      `# Part ${word(at)}\n\n[[index]] [[index#Part ${word(at)}]] [[${word(at + 1)}/index]]\n`,
    ]),
  )

/** Reading wikilinks, and finding what they name. */
export const wikilinks: readonly Series[] = [
  reading(
    'reader wikilinks: ordinary notes',
    (n) => repeated('See [[a]] and [[b#c|d]], ![[e]] ^f\n\n', n),
    VAULT,
  ),
  reading('reader wikilinks: one paragraph', (n) => repeated('[[a|b]] ', n), VAULT),
  reading('reader wikilinks: that do not end', (n) => repeated('[[a', n), VAULT),
  reading('reader wikilinks: a long one', (n) => `[[${repeated('a|', n)}]]`, VAULT),
  reading('reader wikilinks: brackets', (n) => `${repeated('[', n / 2)}${repeated(']', n / 2)}`, VAULT),
  reading('reader wikilinks: brackets between', (n) => repeated('[a] [[b]] [c][d] ', n), VAULT),
  reading('reader wikilinks: in code', (n) => repeated('`[[a]]` ', n), VAULT),
  reading('reader wikilinks: in tables', (n) => `| a |\n| - |\n${repeated('| [[b|c]] |\n', n)}`, VAULT),
  reading('reader wikilinks: in front matter', (n) => `---\n${repeated('a: "[[b|c]]"\n', n)}---\n`, VAULT),
  reading('reader wikilinks: quotes in front matter', (n) => `---\n${repeated('"[[', n)}\n---\n`, VAULT),
  resolving('wikilinks of a vault', (n) => ({...sampleOf('obsidian').files, ...notes('notes', n)}), {
    from: 250,
  }),
  resolving(
    'wikilinks of a vault: one name in all folders',
    (n) => ({...sampleOf('obsidian').files, ...sameName('notes', n)}),
    {from: 250},
  ),
  resolving(
    'wikilinks of a plugin',
    (n) => ({
      'docusaurus.config.js':
        "import links from 'remark-wiki-link'\nexport default {presets: [['classic', {docs: {remarkPlugins: [[links, {aliasDivider: '|'}]]}}]]}",
      ...notes('docs', n),
    }),
    {from: 250},
  ),
  resolving(
    'wikilinks of roamlinks',
    (n) => ({'mkdocs.yml': 'site_name: a\nplugins: [roamlinks]\n', ...notes('docs', n)}),
    {from: 250},
  ),
]
