import {docsOf, ruleNames} from '../source-comments.ts'
import {checking, counted, repeated, type Series} from './series.ts'

const links = (count: number, url: (at: number) => string) => counted(count, (at) => `[a](${url(at)})\n`)
const headings = (count: number) => counted(count, (at) => `## Heading number ${at}\n\n`)
const files = (count: number, name: (at: number) => string) =>
  Object.fromEntries(Array.from({length: count}, (_, at) => [name(at), '']))
/** Words that have no number in common. */
const word = (at: number) => at.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]!)

/** Trees on which rules have much to do. */
const written: readonly Series[] = [
  checking('no-broken-link', 'links that work', (n) => ({
    'a.md': links(n, (at) => `${word(at)}.png`),
    ...files(n, (at) => `${word(at)}.png`),
  })),
  checking('no-broken-link', 'broken links among files', (n) => ({
    'a.md': links(n, (at) => `page-${word(at)}x.png`),
    ...files(n, (at) => `page-${word(at)}.png`),
  })),
  checking('no-broken-link', 'broken links among folders', (n) => ({
    'a.md': links(n, (at) => `${word(at)}/page.png`),
    ...files(n, (at) => `docs/${word(at)}/page.png`),
  })),
  checking('no-broken-link', 'broken links with one name', (n) => ({
    'a.md': links(n, (at) => `x${at}/page.png`),
    ...files(n, (at) => `docs/${word(at)}/page.png`),
  })),
  checking('no-broken-link', 'other letter case', (n) => ({
    'a.md': links(n, (at) => `A${word(at).toUpperCase()}.png`),
    ...files(n, (at) => `a${word(at)}.png`),
  })),
  checking('no-broken-link', 'one broken link many times', (n) => ({
    'a.md': links(n, () => 'page-x.png'),
    ...files(n, (at) => `page-${word(at)}.png`),
  })),
  checking(
    'no-broken-link',
    'broken anchors of broken links',
    (n) => ({
      'a.md': links(n, (at) => `bb.md#heading-${at}`),
      'b.md': headings(n),
    }),
    {pages: ['a.md']},
  ),
  checking('no-broken-link', 'a long path', (n) => ({'a.md': `[a](${repeated('b/', n)})`}), {
    unit: 'characters',
  }),
  checking('no-broken-link', 'a long path of dots', (n) => ({'a.md': `[a](${repeated('../', n)})`}), {
    unit: 'characters',
  }),
  checking('no-broken-link', 'a long query', (n) => ({'a.md': `[a](b.md${repeated('?', n)}\u2028)`}), {
    unit: 'characters',
  }),
  checking('no-broken-link', 'percent signs', (n) => ({'a.md': `[a](b${repeated('%20%', n)})`}), {
    unit: 'characters',
  }),
  checking('no-broken-link', 'except with many wildcards', (n) => ({'a.md': `[a](${repeated('a', n)})`}), {
    unit: 'characters',
    options: {except: ['*a*a*a*a*a*b']},
  }),
  checking(
    'no-broken-link',
    'except with many patterns',
    (n) => ({'a.md': links(n, (at) => `${word(at)}.png`)}),
    {
      options: {except: Array.from({length: 20}, (_, at) => `*${word(at)}x*`)},
    },
  ),

  checking('no-missing-anchor', 'anchors that are there', (n) => ({
    'a.md': headings(n) + links(n, (at) => `#heading-number-${at}`),
  })),
  checking('no-missing-anchor', 'missing anchors among headings', (n) => ({
    'a.md': counted(n, (at) => `## Heading ${word(at)}\n\n`) + links(n, (at) => `#headin-${word(at)}`),
  })),
  checking('no-missing-anchor', 'missing anchors among equal headings', (n) => ({
    'a.md': counted(n, () => '## Heading\n\n') + links(n, (at) => `#heading-${at}000`),
  })),
  checking('no-missing-anchor', 'missing anchors that begin others', (n) => ({
    'a.md': counted(n, (at) => `## Some ${word(at)}\n\n`) + links(n, (at) => `#some${'-'.repeat(at % 7)}`),
  })),
  checking('no-missing-anchor', 'one missing anchor many times', (n) => ({
    'a.md': headings(n) + links(n, () => '#heading'),
  })),
  checking('no-missing-anchor', 'missing twins', (n) => ({
    'a.md': counted(n, (at) => `## ${word(at)}\n\n`) + links(n, (at) => `#${word(at)}-2`),
  })),
  checking(
    'no-missing-anchor',
    'one long fragment',
    (n) => ({'a.md': `# a\n\n[a](#${repeated('a-1', n)})`}),
    {unit: 'characters'},
  ),
  checking(
    'no-missing-anchor',
    'a long fragment of digits',
    (n) => ({'a.md': `# a\n\n[a](#a${repeated('-1', n)}b)`}),
    {unit: 'characters'},
  ),

  checking('no-undefined-reference', 'references that are defined', (n) => ({
    'a.md': `${counted(n, (at) => `[a][b${at}]\n`)}\n${counted(n, (at) => `[b${at}]: c.md\n`)}`,
  })),
  checking('no-undefined-reference', 'undefined references among definitions', (n) => ({
    'a.md':
      counted(n, (at) => `[a][label ${word(at)}x]\n`) +
      '\n' +
      counted(n, (at) => `[label ${word(at)}]: c.md\n`),
  })),
  checking('no-undefined-reference', 'lone brackets among definitions', (n) => ({
    'a.md': `${counted(n, (at) => `[some ${word(at)}x]\n`)}\n${counted(n, (at) => `[some ${word(at)}]: c.md\n`)}`,
  })),
  checking('no-undefined-reference', 'lists', (n) => ({
    'a.md': `${counted(n, (at) => `- [a${at}] b\n`)}\n[a1]: b\n[a2]: c\n`,
  })),
  checking(
    'no-undefined-reference',
    'pages beside',
    (n) => ({
      'a.md': counted(n, (at) => `[a][${word(at)}]\n`),
      ...files(n, (at) => `${word(at)}.md`),
    }),
    {pages: ['a.md']},
  ),

  checking('no-duplicate-definition', 'definitions of one label', (n) => ({
    'a.md': `[a]\n\n${counted(n, (at) => `[a]: b${at}.md\n`)}`,
  })),
  checking('no-unused-definition', 'definitions', (n) => ({
    'a.md': counted(n, (at) => `[a${at}]: b${at}.md\n`),
  })),
  checking(
    'no-unused-definition',
    'exceptions',
    (n) => ({
      'a.md': counted(n, (at) => `[a${at}]: b${at}.md\n`),
    }),
    {options: {except: ['a', 'b', 'c']}},
  ),

  checking(
    'unique-permalink',
    'pages with one URL',
    (n) => ({
      '_config.yml': '',
      ...Object.fromEntries(
        Array.from({length: n}, (_, at) => [`${word(at)}.md`, '---\npermalink: /a/\n---\n']),
      ),
    }),
    {from: 100},
  ),
  checking(
    'unique-permalink',
    'pages with URLs of their own',
    (n) => ({
      '_config.yml': '',
      ...Object.fromEntries(
        Array.from({length: n}, (_, at) => [`${word(at)}.md`, `---\npermalink: /${at}/\n---\n`]),
      ),
    }),
    {from: 100},
  ),

  checking(
    'front-matter',
    'missing keys',
    (n) => ({'a.md': `---\n${counted(n, (at) => `a${at}: b\n`)}---\n`}),
    {
      options: {schemas: [{files: ['**'], schema: {required: ['title'], additionalProperties: false}}]},
    },
  ),
  checking(
    'front-matter',
    'a pattern with nested quantifiers',
    (n) => ({'a.md': `---\na: ${repeated('a', n)}!\n---\n`}),
    {
      unit: 'characters',
      options: {schemas: [{files: ['**'], schema: {properties: {a: {pattern: '^(a+)+$'}}}}]},
    },
  ),
  checking('front-matter', 'patterns of keys', (n) => ({'a.md': `---\n${repeated('a', n)}: b\n---\n`}), {
    unit: 'characters',
    options: {schemas: [{files: ['**'], schema: {patternProperties: {'^(a+)+!$': false}}}]},
  }),
  checking(
    'front-matter',
    'unknown keys among known ones',
    (n) => ({'a.md': `---\n${counted(n, (at) => `a${at}: b\n`)}---\n`}),
    {
      options: {
        schemas: [
          {files: ['**'], schema: {additionalProperties: false, properties: {ax: {}, title: {}, date: {}}}},
        ],
      },
    },
  ),
  checking(
    'front-matter',
    'wrong dates',
    (n) => ({'a.md': `---\na:\n${counted(n, (at) => `- b${at}\n`)}---\n`}),
    {
      options: {schemas: [{files: ['**'], schema: {properties: {a: {items: {format: 'date'}}}}}]},
    },
  ),
  ...[
    'date',
    'time',
    'date-time',
    'email',
    'uri',
    'uri-reference',
    'uri-template',
    'hostname',
    'ipv4',
    'ipv6',
    'regex',
    'json-pointer',
    'duration',
    'uuid',
    'url',
  ].map((format) =>
    checking('front-matter', `format ${format}`, (n) => ({'a.md': `---\na: ${repeated('a.-', n)}!\n---\n`}), {
      unit: 'characters',
      options: {schemas: [{files: ['**'], schema: {properties: {a: {format}}}}]},
    }),
  ),

  checking('no-dead-link', 'dead links', (n) => ({'a.md': links(n, (at) => `https://a.org/${at}`)})),
  checking(
    'no-dead-link',
    'except with many wildcards',
    (n) => ({'a.md': `[a](https://a.org/${repeated('a', n)})`}),
    {
      unit: 'characters',
      options: {except: ['*a*a*a*a*a*b']},
    },
  ),
  checking('no-dead-link', 'a long path', (n) => ({'a.md': `[a](https://a.org/${repeated('a/', n)})`}), {
    unit: 'characters',
  }),
  checking(
    'no-dead-link',
    'many signs of a user name',
    (n) => ({'a.md': `[a](https://${repeated('a:', n)}b@c.org)`}),
    {unit: 'characters'},
  ),
  checking('no-unreachable-image', 'dead images with files of the same name', (n) => ({
    'a.md': counted(n, (at) => `![a](https://a.org/${word(at)}.png)\n`),
    ...files(n, (at) => `${word(at)}.png`),
  })),
]

const hasSeries = (name: string) => written.some((one) => one.name.startsWith(`rule ${name}: `))

/** At least one series for each rule; the page of its examples, many times, where nobody wrote another. */
export const rules: readonly Series[] = [
  ...written,
  ...ruleNames
    .filter((name) => !hasSeries(name))
    .map((name) => {
      const page = docsOf(name)
        .examples.map(({markdown}) => `${markdown}\n`)
        .join('')
      return checking(name, 'its examples', (n) => ({'a.md': page.repeat(n)}))
    }),
]
