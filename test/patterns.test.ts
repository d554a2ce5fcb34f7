import fc from 'fast-check'
import {distance} from 'fastest-levenshtein'
import picomatch from 'picomatch'
import {describe, expect, it} from 'vitest'
import {applyFixes} from '../src/fix/edits.ts'
import {automaton} from '../src/pattern/automaton.ts'
import {expressionOf} from '../src/pattern/expression.ts'
import {pathMatcher} from '../src/pattern/path-matcher.ts'
import {wildcard, writtenExpression} from '../src/pattern/wildcard.ts'
import {Names, nearest} from '../src/text/nearest.ts'
import {haveSimilarWords} from '../src/text/similar-words.ts'
import {amount} from './amount.ts'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'

const LONG = 'a'.repeat(100_000)

describe('wildcards', () => {
  it('fit what an expression would fit', () => {
    const pattern = fc.stringMatching(/^[ab*.]{0,8}$/)
    fc.assert(
      fc.property(pattern, fc.stringMatching(/^[ab.]{0,8}$/), (own, text) => {
        const expected = new RegExp(`^${own.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(text)
        expect(wildcard(own).test(text)).toBe(expected)
      }),
    )
  })

  it('leave letter case alone, or do not', () => {
    expect([wildcard('A*').test('ab'), wildcard('A*', {ignoreCase: true}).test('aB')]).toEqual([false, true])
  })

  it('end where an expression would try all ways', () => {
    expect(wildcard('*a*a*a*a*a*b').test(LONG)).toBe(false)
  })
})

describe('expressions of users', () => {
  const made = (text: string) => expressionOf(writtenExpression(text)!)

  it.each([
    ['/^https?:\\/\\/x/', 'http://x', true],
    ['/A/i', 'a', true],
    ['/a.b/', 'a\nb', false],
    ['/a.b/s', 'a\nb', true],
    ['/\\u0061\\d{2}/', 'a12', true],
    ['/a/y', 'ba', false],
  ])('%s on %j: %s', (text, on, expected) => {
    expect(made(text).test(on)).toBe(expected)
  })

  it.each([
    ['/(\\w+)\\.org/', 'x.org y.org', '$1.$$.$&', 'x.$.x.org y.org'],
    ['/(?<name>\\w)\\.org/g', 'x.org y.org', '<$<name>$2>', '<x$2> <y$2>'],
  ])('%s replaces in %j as JavaScript does', (text, on, put, expected) => {
    const {source, flags} = writtenExpression(text)!
    expect(on.replace(new RegExp(source, flags), put)).toBe(expected)
    expect(made(text).replace(on, put)).toBe(expected)
  })

  it.each([
    ['/(?=a)b/', '(?='],
    ['/(?<!a)b/', '(?<!'],
    ['/(a)\\1/', '\\1'],
  ])('%s is refused', (text, shown) => {
    expect(() => made(text)).toThrow(`contains \`${shown}\``)
  })

  it('takes brackets and escapes for what they are', () => {
    expect(made('/[(?=]\\(\\?=/').test('((?=')).toBe(true)
  })

  it('is a configuration error with its place', async () => {
    const root = folder({'.doccheckrc.json': '{"remote": {"skip": ["/(?=a)/"]}}', 'a.md': '# a\n'})
    const {code, err} = await doccheck(root, [])
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('"remote.skip[0]" is "/(?=a)/", which contains `(?=`: lookaround'),
    ])
  })

  it('end where another engine would try all ways', () => {
    expect(made('/^(a+)+$/').test(`${LONG}!`)).toBe(false)
  })
})

describe('patterns of schemas', () => {
  const check = (schema: object, text: string) =>
    checkFolder(folder({'a.md': text}), 'front-matter', {schemas: [{files: ['**'], schema}]})

  it('end where another engine would try all ways', async () => {
    const schema = {properties: {a: {pattern: '^(a+)+$'}}, patternProperties: {'^(a|a)+$': true}}
    expect(messagesOf(await check(schema, `---\na: ${LONG}!\n---\n`))).toEqual([
      expect.stringContaining('expected a match for `^(a+)+$`'),
    ])
  })

  it('are told from each other', async () => {
    const schema = {properties: {a: {pattern: '^x'}, b: {pattern: '^y'}}}
    expect(messagesOf(await check(schema, '---\na: x\nb: x\n---\n'))).toEqual([
      expect.stringContaining('value of `b`, expected a match for `^y`'),
    ])
  })

  it('are refused where they cannot be matched without backtracking', async () => {
    await expect(check({properties: {a: {pattern: '^(?!x)'}}}, '# a\n')).rejects.toThrow(
      /^Option "schemas\[0\]" of "front-matter": .*`\(\?!`: lookaround/,
    )
  })
})

describe('globs of configurations', () => {
  it.each([
    '!(a)))|@(a',
    '**/*.md',
    'docs/**',
    '*.{md,mdx}',
    '!a/**',
    'a/!(b).md',
    '{a/b,c}/*.md',
    '[ab].md',
    '@(a|b)/**',
  ])('%s fits as with picomatch', (glob) => {
    const paths = [
      'a.md',
      'a/b.md',
      'docs/.x/a.md',
      'a/b/c.md',
      'c/a.md',
      'b.md',
      'b/x',
      '.md',
      'docs',
      'b.mdx',
      'aa',
    ]
    const isMatch = picomatch(glob, {dot: true})
    expect(paths.filter(pathMatcher([glob], 'ignore'))).toEqual(paths.filter((path) => isMatch(path)))
  })

  it('fit as with picomatch, whatever they are made of', () => {
    const pieces =
      'a b . / * ** **/ ? !( +( *( ?( @( ( | ) ) ) { , } ! ^ [ab] [!a] [^a] \\. .md {a,b/a} {1..3} + $'
    const piece = fc.constantFrom(...pieces.split(' '))
    const glob = fc.array(piece, {minLength: 1, maxLength: 9}).map((all) => all.join(''))
    const path = fc
      .stringMatching(/^[ab./]{1,9}$/)
      .filter((text) => !/(?:^|\/)\.{0,2}(?:\/|$)|\.$/.test(text))
    fc.assert(
      fc.property(
        fc.oneof(
          glob,
          glob.map((own) => `!(a)${own}`),
        ),
        fc.array(path, {maxLength: 20}),
        (own, paths) => {
          const isMatch = picomatch(own, {dot: true})
          expect(paths.filter(pathMatcher([own], 'ignore'))).toEqual(paths.filter((each) => isMatch(each)))
        },
      ),
      {numRuns: amount(3000)},
    )
  })

  it.each([
    ['+(a|[a])b', LONG],
    [`${'{a,aa,x/y}'.repeat(40)}b`, 'a'.repeat(79)],
    ['!(*a*a*a*a*a*a*a*a)b', LONG],
    ['*(*(*(*(a|aa)|a*)|*a)|**)b', 'a'.repeat(2000)],
    ['!(a)/**/a/**/a/**/a/**/a/**/b', 'a/'.repeat(20_000)],
    [`${'!('.repeat(25)}a*${')'.repeat(25)}`, 'a'.repeat(2000)],
  ])('end where those of picomatch would try all ways: %.30s', (glob, path) => {
    const [fits, isMatch] = [pathMatcher([glob], 'ignore'), picomatch(glob, {dot: true})]
    expect(fits(`${path.slice(0, 8)}c`)).toBe(isMatch(`${path.slice(0, 8)}c`))
    expect(fits(`${path}c`)).toBe(isMatch(`${path.slice(0, 8)}c`))
  })

  it('end where an expression would try all ways', () => {
    const fits = pathMatcher(['*a*a*a*a*a*a*b', '**/a/**/a/**/a/**/b'], 'ignore')
    expect(fits(LONG) || fits('a/'.repeat(50_000))).toBe(false)
  })

  it.each([`!(${'a'.repeat(1000)})`, `!(${'{a,'.repeat(9000)}${'}'.repeat(9000)})`, '{a/b,'.repeat(9000)])(
    'are refused where they may take long, or more of the stack than there is: %.20s',
    async (glob) => {
      const root = folder({'.doccheckrc.json': JSON.stringify({ignore: [glob]}), 'a.md': '# a\n'})
      const {code, err} = await doccheck(root, [])
      expect(code).toBe(2)
      expect(err).toContain('a glob may have at most 1000 characters and 50 brackets')
    },
  )
})

describe('expressions of globs', () => {
  it('fit what those of V8 fit, lookahead included', () => {
    const {tree} = fc.letrec<{tree: string}>((tie) => ({
      tree: fc.oneof(
        {maxDepth: 4, withCrossShrink: true},
        fc.constantFrom('a', 'b', '.', '[^a]', '[ab]', '^', '$', '\\.', '\\w', '\\.{1,2}', 'a{0,1}', ''),
        fc.array(tie('tree'), {maxLength: 4}).map((all) => all.join('')),
        fc.tuple(tie('tree'), tie('tree')).map(([one, two]) => `(?:${one}|${two})`),
        fc
          .tuple(tie('tree'), fc.constantFrom('*', '+', '?', '*?', '+?', '??'))
          .map(([own, mark]) => `(${own})${mark}`),
        fc.tuple(fc.constantFrom('=', '!'), tie('tree')).map(([kind, own]) => `(?${kind}${own})`),
      ),
    }))
    fc.assert(
      fc.property(
        tree,
        fc.array(fc.stringMatching(/^[ab.]{0,6}$/), {maxLength: 10}),
        fc.boolean(),
        (own, texts, isWhole) => {
          const source = isWhole ? `^(?:${own})$` : own
          expect(texts.filter(automaton(source)!)).toEqual(
            texts.filter((text) => new RegExp(source).test(text)),
          )
        },
      ),
      {numRuns: amount(3000)},
    )
  })

  it('fit the same when too much was remembered', () => {
    const fits = automaton('^(?:(?!b)[^a]*)$')!
    const many = Array.from({length: 12_000}, (_, index) => String.fromCharCode(256 + index)).join('')
    const texts = [many, `b${many}`, `${many}a`, 'c', 'b', '']
    expect(texts.map(fits)).toEqual([true, false, false, true, false, true])
  })

  it.each(['^(?<=a)b$', '^(a)\\1$', '^\\bx$', '^\\u0061$', '^(a){1,2}$', '^a{3}$', '^(a$', '^a)$'])(
    'are refused where they are not understood: %s',
    (source) => {
      expect(automaton(source)).toBeUndefined()
    },
  )
})

/** The nearest of all names by the rule's own words. */
function slowNearest(wanted: string, all: readonly string[]): string | undefined {
  const numbers = (name: string) => name.replace(/[-_]\d+$/, '').replace(/\D+/g, '')
  const most = Math.min(Math.max(1, Math.floor(wanted.length / 4)), Math.max(0, wanted.length - 2))
  const near = all
    .filter((name) => [numbers(name), numbers(wanted)].includes('') || numbers(name) === numbers(wanted))
    .map((name) => ({name, away: distance(name, wanted)}))
    .filter(({name, away}) => away <= most && (8 * away <= wanted.length || haveSimilarWords(name, wanted)))
    .sort((a, b) => a.away - b.away)
  if (near[0] || wanted.length < 4) return near[0]?.name
  const longer = all.filter((name) => name.startsWith(wanted) && !/^\d\d/.test(name.slice(wanted.length - 1)))
  return longer.length === 1 ? longer[0] : undefined
}

describe('near names', () => {
  it('are those that comparing with each of them finds', () => {
    const name = fc.stringMatching(/^[ab1-]{1,9}$/)
    fc.assert(
      fc.property(
        fc.array(name, {maxLength: 12}),
        fc.array(name, {minLength: 1, maxLength: 4}),
        (all, wanted) => {
          const names = new Names(all)
          for (const each of wanted) expect(names.nearest(each)).toBe(slowNearest(each, all))
        },
      ),
      {numRuns: amount(2000)},
    )
  })

  it.each([
    ['instal', ['install', 'instill'], 'install'],
    ['v12x', ['v13x'], undefined],
    ['head', ['heading-one', 'other'], 'heading-one'],
    ['head', ['heading-one', 'heading-two'], undefined],
    ['abcd', ['abce', 'abcf'], 'abce'],
    ['ubuntu-22', ['ubuntu-2204'], undefined],
    ['setting-up-lamps', ['set-up-lamps'], 'set-up-lamps'],
    ['genai-tasks', ['gen-ai-tasks'], 'gen-ai-tasks'],
    ['number-of-workers-gpus', ['number-of-workers-and-gpus'], 'number-of-workers-and-gpus'],
    // Another word is no slip, however many others there are.
    ['windows-devices-lights', ['windows-devices-midi'], undefined],
    ['using-data-store-profiles', ['s3-data-store-profile'], undefined],
    ['watcher_polling', ['watcher_kind', 'watcher_polling_interval'], 'watcher_polling_interval'],
    ['using-mariner-based-images', ['use-mariner-based-images'], 'use-mariner-based-images'],
  ])('of %j among %j: %j', (wanted, all, expected) => {
    expect(nearest(wanted, all)).toBe(expected)
  })

  it('are given up where thousands are looked up among thousands', () => {
    const names = new Names(
      Array.from({length: 20_000}, (_, at) => `name-${at.toString(26).replace(/\d/g, 'x')}`),
    )
    const found = Array.from({length: 20_000}, (_, at) =>
      names.nearest(`nama-${at.toString(26).replace(/\d/g, 'x')}`),
    )
    expect(found[0]).toBeDefined()
    expect(found.at(-1)).toBeUndefined()
  })
})

it('fixes are applied as by comparing each with all others', () => {
  const edit = fc
    .record({start: fc.nat(12), length: fc.nat(4), text: fc.constantFrom('x', 'y')})
    .map(({start, length, text}) => ({start, end: Math.min(start + length, 12), text}))
  const fix = fc.record({edits: fc.array(edit, {minLength: 1, maxLength: 3}), safe: fc.constant(true)})
  const overlap = (a: {start: number; end: number}, b: {start: number; end: number}) =>
    !(a.start === a.end && b.start === b.end) && a.start < b.end && b.start < a.end
  fc.assert(
    fc.property(fc.array(fix, {maxLength: 8}), (fixes) => {
      const {applied} = applyFixes('abcdefghijkl', fixes)
      const taken: {start: number; end: number}[] = []
      const startOf = (own: (typeof fixes)[number]) => Math.min(...own.edits.map(({start}) => start))
      const expected = fixes
        .toSorted((a, b) => startOf(a) - startOf(b))
        .filter(({edits}) => {
          const isFree = edits.every(
            (own, at) => ![...taken, ...edits.slice(0, at)].some((other) => overlap(own, other)),
          )
          if (isFree) taken.push(...edits)
          return isFree
        })
      expect(applied).toEqual(expected)
    }),
  )
})
