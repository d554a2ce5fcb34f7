import fc from 'fast-check'

/** Headings that platforms give different ids, with those of GitHub, which github-slugger's fixtures were checked at. */
export const HEADINGS: readonly [text: string, github: string][] = [
  ['Hello, World!', 'hello-world'],
  ['API v2.0 (beta)', 'api-v20-beta'],
  ['C++ & C#', 'c--c'],
  ['snake_case and kebab-case', 'snake_case-and-kebab-case'],
  ['Über Café', 'über-café'],
  ['你好 世界', '你好-世界'],
  ['Emoji 🚀 launch', 'emoji--launch'],
  ['`--fix` option', '--fix-option'],
  ['**Bold** _it_ and [link](x.md)', 'bold-it-and-link'],
  ['1. Numbered step', '1-numbered-step'],
  ['Foo -- bar', 'foo----bar'],
  ['What\'s "new"?', 'whats-new'],
  ['Install <b>Tag</b>', 'install-tag'],
  ['A  B', 'a--b'],
  ['🎉', ''],
  ['CI/CD', 'cicd'],
  [':rocket: Launch', 'rocket-launch'],
  ['AT&amp;T &copy; 2024', 'att--2024'],
  ['A_*b*_ C', 'a_b_-c'],
  ['Foo', 'foo'],
  ['Foo', 'foo-1'],
  ['Foo 1', 'foo-1-1'],
  ['Straße ½ Ⅷ', 'straße--ⅷ'],
]

/** Their texts. */
export const TEXTS = HEADINGS.map(([text]) => text)

/** Words of twelve scripts, with capitals, marks and digits of their own. */
const WORDS = [
  ...['Lamp', 'ÉTÉ', 'naïve', 'Straße', 'İstanbul', 'v2', 'x_y'],
  ...['Λάμπα', 'ΣΊΣΥΦΟΣ', 'Лампа', 'ЁЖ', 'Լամպ', 'ᲚᲐᲛᲞᲐ', 'ლამპა'],
  ...['מנורה', 'בְּרֵאשִׁית', 'مصباح', 'نرم\u200cافزار', '٤٢', 'दीपक', 'हिन्दी', '४२', 'โคมไฟ', 'น้ำ', '๔๒'],
  ...['灯泡', '電燈', 'ランプ', 'がギグ', '등불', '한국어'],
]
const MARKS = [
  ...[
    '.',
    ',',
    ':',
    ';',
    '!',
    '?',
    '-',
    '--',
    '---',
    '/',
    '+',
    '=',
    '@',
    '%',
    '(x)',
    '“q”',
    "'s",
    '"q"',
    '…',
    '...',
  ],
  ...[
    '–',
    '—',
    '·',
    '、',
    '。',
    '！',
    '½',
    '²',
    'Ⅷ',
    '①',
    '€',
    '™',
    '🚀',
    '👩‍💻',
    '❤️',
    '\u00a0',
    'é',
    '1.',
    '#',
    '&',
  ],
]
// Whether an underscore beside a symbol opens emphasis depends on the version of CommonMark.
const SYNTAX = ['*em*', '**strong**', ' _under_ ', '`code--x`', '[link](x.md)', '&amp;', '&copy;', '\\*']

/** One heading's source: words, marks and inline syntax in any order. */
export const heading = (more: readonly string[] = SYNTAX) =>
  fc
    .array(
      fc.tuple(
        fc.oneof(
          {weight: 5, arbitrary: fc.constantFrom(...WORDS)},
          {weight: 3, arbitrary: fc.constantFrom(...MARKS)},
          {weight: 1, arbitrary: fc.constantFrom(...more)},
        ),
        fc.constantFrom(' ', ' ', ' ', '', '  '),
      ),
      {minLength: 1, maxLength: 6},
    )
    .map((parts) => parts.flat().join('').trim())

/** A page of headings, one below the other. */
export const pageOf = (headings: readonly string[]) => headings.map((text) => `## ${text}\n`).join('\n')
