import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {globbySync} from 'globby'
import {describe, expect, it} from 'vitest'
import {amount} from './amount.ts'
import {checkFolder, copyOf} from './run-doccheck.ts'

/** Changes for each site: enough to find most of what goes wrong; `MUTATIONS=2000` looks further. */
const TURNS = Number(process.env.MUTATIONS ?? amount(40))
const SEED = Number(process.env.SEED ?? 1)

const sites = globbySync('fixtures/*/{site,plain}', {onlyDirectories: true}).sort()

/** What no setting expects, for YAML, TOML, JSON and JavaScript alike. */
const ODD = [
  ...[
    'null',
    'true',
    '5',
    '-1',
    '1e999',
    '99999999999999999999',
    '""',
    '"/"',
    '"//"',
    '".."',
    '"../../.."',
    '"\\\\"',
  ],
  ...[
    '"["',
    '"(*"',
    '"{a,"',
    '"/{"',
    '"**/["',
    '"(a+)+$"',
    '"%"',
    '"%ZZ"',
    '"http://["',
    '"javascript:x"',
    '"\\u0000"',
  ],
  ...[
    '[]',
    '{}',
    '[null]',
    '[[]]',
    '[{}]',
    '[1]',
    '["", 2]',
    '[["a", 1]]',
    '[[[["a"]]]]',
    '"__proto__"',
    '"constructor"',
  ],
  ...[
    '{"__proto__": 1}',
    '{"a": null}',
    '{"": ""}',
    '{"a": {"b": [1]}}',
    '{"constructor": {"prototype": 1}}',
    '"/:a*/:a*"',
  ],
]
/** The same for YAML alone: values that hold themselves, and that stand for many. */
const ODD_YAML = [
  '&x [*x]',
  '&x {a: *x}',
  '&y [1, *z]',
  '!!binary x',
  '!!set {a}',
  '2001-01-01',
  '!x y',
  '|',
  '- -',
]

/** The seeded numbers that decide what is changed. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

/** A value behind a key, in a list, in brackets; and a key. */
const VALUE = /(?<=[:=][ \t]*|^\s*- |[[,][ \t]*)(?:"[^"\n]*"|'[^'\n]*'|[\w./*-]+|\[[^\]\n]*\]|\{[^}\n]*\})/gm
const KEY = /(?<=^\s*(?:- )?|[{,]\s*)["']?[\w.-]+["']?(?=\s*[:=])/gm

/** Change a text in one place. */
function change(text: string, file: string, random: (below: number) => number): string {
  const pick = <T>(list: readonly T[]) => list[random(list.length)]!
  const odd = () => pick(/ya?ml$|\.mdx?$/.test(file) && random(3) === 0 ? ODD_YAML : ODD)
  const replace = (pattern: RegExp, by: () => string) => {
    const matches = [...text.matchAll(pattern)]
    if (matches.length === 0) return `${text}\n${by()}`
    const {0: found, index} = pick(matches)
    return text.slice(0, index) + by() + text.slice(index + found.length)
  }
  const at = random(text.length + 1)
  const to = Math.min(text.length, at + random(200))
  switch (random(8)) {
    case 0:
      return text.slice(0, at) + text.slice(to)
    case 1:
      return text.slice(0, to) + text.slice(at, to) + text.slice(to)
    case 2:
      return (
        text.slice(0, at) +
        pick(['\0', '\uFEFF', '\r', '"', "'", '{', ']', '*', '&a ', '#', ': ', '\t']) +
        text.slice(at)
      )
    case 3:
      return replace(KEY, () =>
        pick(['__proto__', 'constructor', 'toString', '""', '<<', '0', 'length', 'hasOwnProperty']),
      )
    default:
      return replace(VALUE, odd)
  }
}

/** Files that a site is configured with, and those with front matter; of a kind that the fixture lacks, too. */
const MORE: Record<string, string> = {
  _redirects: '/a /b 301\n/c/* /d/:splat\n',
  'vercel.json':
    '{"redirects": [{"source": "/a/:b*", "destination": "/c/:b*"}], "rewrites": [{"source": "/x", "destination": "/y"}]}',
  'netlify.toml': '[[redirects]]\nfrom = "/a/*"\nto = "/b/:splat"\nstatus = 301\n',
  'package.json':
    '{"name": "x", "version": "1.0.0", "repository": {"url": "https://github.com/a/b"}, "dependencies": {"x": "1"}}',
  'firebase.json': '{"hosting": {"redirects": [{"source": "/a", "destination": "/b"}]}}',
  'versions.json': '["1.0"]',
  '.gitlab-ci.yml': 'pages:\n  script: [x]\n',
  '.gitmodules': '[submodule "a"]\n\tpath = a\n\turl = ../a\n',
}

describe.each(sites)('%s', (site) => {
  it('is checked to its end, whatever its files hold', {timeout: 900_000}, async () => {
    const root = copyOf(site)
    for (const [name, text] of Object.entries(MORE)) writeFileSync(path.join(root, name), text, {flag: 'a'})
    const files = globbySync('**/*', {cwd: root, dot: true}).filter(
      (file) => !/\.(?:png|svg|ico)$/.test(file),
    )
    const settings = files.filter((file) => !/\.mdx?$/.test(file))
    const pages = files.filter((file) => /\.mdx?$/.test(file))
    const random = numbers(SEED + site.length * 7919)
    const places = [settings, settings, settings, pages]
    for (let turn = 0; turn < TURNS; turn++) {
      const list = places[random(places.length)]!
      const file = list[random(list.length)]!
      const before = readFileSync(path.join(root, file))
      const text = before.toString()
      let after: string | Buffer | undefined = text
      const kind = random(24)
      if (kind === 0) after = ''
      else if (kind === 1) after = Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28])
      else if (kind === 2) after = undefined
      else for (let times = 1 + random(3); times > 0; times--) after = change(after as string, file, random)
      const name = path.join(root, file)
      if (after === undefined) {
        rmSync(name)
        mkdirSync(name)
      } else writeFileSync(name, after)
      const told = `turn ${turn}: ${file}\n${after}`
      try {
        const result = await checkFolder(root)
        expect(result.pages.length, told).toBeGreaterThan(0)
        expect(result.pages.flatMap(({unreadable}) => unreadable ?? []).join(), told).not.toContain(
          'please report',
        )
      } catch (error) {
        throw new Error(told, {cause: error})
      }
      rmSync(name, {recursive: true})
      writeFileSync(name, before)
    }
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})
