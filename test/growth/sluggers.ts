import {sampleSites} from './platforms.ts'
import {counted, repeated, type Series, slugging} from './series.ts'

const HEADING = (at: number) => `## Heading number ${at}\n\n`
const EQUAL = () => '## a\n\n'
const TWINS = (at: number) => `## a\n\n## a-${at}\n\n`

/** Headings of all kinds, for each platform's rule. */
export const sluggers: readonly Series[] = sampleSites.flatMap(({platform, files, folder}) => {
  const of = (text: (size: number) => string) => (size: number) => ({
    ...files,
    [`${folder}/page.md`]: text(size),
  })
  return [
    slugging(
      platform,
      'different headings',
      of((n) => counted(n, HEADING)),
    ),
    slugging(
      platform,
      'equal headings',
      of((n) => counted(n, EQUAL)),
    ),
    slugging(
      platform,
      'equal headings among numbered ones',
      of((n) => counted(n / 2, TWINS)),
    ),
    slugging(
      platform,
      'one long heading',
      of((n) => `# ${repeated('a b, ', n)}\n`),
      {unit: 'characters'},
    ),
    slugging(
      platform,
      'hyphens',
      of((n) => `# a${repeated('-', n)}b\n`),
      {unit: 'characters'},
    ),
    slugging(
      platform,
      'marks',
      of((n) => `# a ${repeated('!? ', n)}b\n`),
      {unit: 'characters'},
    ),
    slugging(
      platform,
      'attributes',
      of((n) => `# a {${repeated('.a', n)}!}\n`),
      {unit: 'characters'},
    ),
    slugging(
      platform,
      'braces',
      of((n) => `# a ${repeated('{ ', n)}\n`),
      {unit: 'characters'},
    ),
    slugging(
      platform,
      'angle brackets',
      of((n) => `# a ${repeated('\\< ', n)}\n`),
      {unit: 'characters'},
    ),
  ]
})
