import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {localModule} from '../src/site/shared/javascript/local-module.ts'
import {readModule} from '../src/site/shared/javascript/read.ts'
import {
  CallValue,
  FunctionValue,
  ObjectValue,
  OptionalValue,
  PathValue,
  UNKNOWN,
  type Value,
} from '../src/site/shared/javascript/values.ts'

type Files = Record<string, string>

/** Modules, the first of which is evaluated here and by Node; all values are known. */
const CASES: Files[] = [
  {'a.mjs': 'export default {a: 1, b: -2.5, c: null, d: !0, e: "x" + 1, f: `t${1}${"u"}`, "g-h": [1, "2"]}'},
  {'a.mjs': 'import b from "./b.mjs"\nexport default {...b, x: "y"}', 'b.mjs': 'export default {old: "new"}'},
  {'a.mjs': 'import {b as c} from "./b.mjs"\nexport default {c}', 'b.mjs': 'export const b = ["one"]'},
  {
    'a.mjs': 'import b, {c} from "./b.mjs"\nexport default [b, c]',
    'b.mjs': 'export const c = 1\nexport default c',
  },
  {'a.mjs': 'import {d} from "./b.mjs"\nexport default d', 'b.mjs': 'const c = {e: 1}\nexport {c as d}'},
  {'a.mjs': 'import b from "./b.mjs"\nexport default b', 'b.mjs': 'const c = {e: 1}\nexport {c as default}'},
  {
    'a.mjs': 'import {x, y} from "./b.mjs"\nexport default {x, y}',
    'b.mjs': 'export * from "./c.mjs"\nexport {z as y} from "./c.mjs"',
    'c.mjs': 'export const x = 1, z = [2]',
  },
  {
    'a.mjs': 'import {c} from "./b.mjs"\nexport default {one: c.x, all: c}',
    'b.mjs': 'export * as c from "./c.mjs"',
    'c.mjs': 'export const x = 1\nexport default 2',
  },
  {
    'a.mjs': 'import * as b from "./b.mjs"\nexport default {...b}',
    'b.mjs': 'export const x = 1\nexport let y = 2',
  },
  {
    'a.mjs': 'import b from "./b.json" with {type: "json"}\nexport default b.c[0].d',
    'b.json': '{"c": [{"d": "e"}]}',
  },
  {
    'a.cjs': 'module.exports = {b: require("./b"), c: require("./c.json")}',
    'b.js': 'exports.x = 1',
    'c.json': '[1]',
  },
  {'a.cjs': 'module.exports = require("./b").x', 'b/index.js': 'module.exports.x = {y: 1}'},
  {
    'a.cjs': 'const {x: [y], ...z} = require("./b")\nmodule.exports = {y, z}',
    'b.js': 'module.exports = {x: [1], w: 2, v: 3}',
  },
  {'a.cjs': 'module.exports = {x: 1}\nmodule.exports.y = 2\nexports.z = 3', 'b.js': ''},
  {'a.cjs': 'exports = module.exports = {x: 1}\nexports.y = 2'},
  {'a.mjs': 'import b from "./b.cjs"\nexport default b', 'b.cjs': 'exports.x = exports.y = 1'},
  {'a.mjs': 'import {x} from "./b.cjs"\nexport default x', 'b.cjs': 'exports.x = "y"'},
  {'a.mjs': 'export default [...[1, 2], ...[], 3, ...[[4]]]'},
  {'a.mjs': 'const a = {x: 1, y: 2}\nexport default {...a, y: 3, ...{z: 4}, ...null, ...(false && {w: 1})}'},
  {'a.mjs': 'const a = {b: {c: [1, {d: 2}]}}\nexport default [a.b.c[1].d, a["b"]["c"][0], a?.b?.c, a.x?.y]'},
  {
    'a.mjs':
      'const {a, b: {c = 5}, d = [6]} = {a: 1, b: {}}\nconst [e, , f = 7] = [1, 2]\nexport default {a, c, d, e, f}',
  },
  {
    'a.mjs':
      'const on = true\nexport default {a: on ? 1 : 2, b: !on ? 1 : 2, c: on && "c", d: on || "d", e: null ?? "e", f: 0 || "f"}',
  },
  {'a.mjs': 'const a = "x"\nexport default [a === "x", a !== "x", a === "x" ? {y: 1} : {}]'},
  {
    'a.mjs':
      'const f = (a, b = 2, ...c) => ({a, b, c})\nexport default [f(1), f(1, 3, 4, 5), f({x: 1}, undefined)]',
  },
  {'a.mjs': 'function f({a, b}) {\n  const c = [a, b]\n  return {c}\n}\nexport default f({a: 1, b: "x"})'},
  {
    'a.mjs': 'import {f} from "./b.mjs"\nexport default {x: f("y")}',
    'b.mjs': 'const base = "/b/"\nexport function f(name) {\n  return `${base}${name}`\n}',
  },
  {'a.mjs': 'const f = function (x) { return [x] }\nexport default f(f(f(1)))'},
  {
    'a.mjs':
      'const names = ["a", "b"]\nexport default Object.fromEntries(names.map((name, index) => [`/${name}`, index]))',
  },
  {
    'a.mjs':
      'const old = {a: 1, b: 2}\nexport default Object.fromEntries(Object.entries(old).map(([from, to]) => [`/x/${from}`, {to}]))',
  },
  {
    'a.mjs':
      'const a = {x: 1}\nexport default [Object.keys(a), Object.values(a), ["a", "b"].join("-"), [1].concat([2], [3])]',
  },
  {'a.mjs': 'export default [[1], [2]].flat().concat([[3]].flatMap((x) => x))'},
  {'a.mjs': 'export default ["a", false, null, "b", 0].filter(Boolean)'},
  {'a.mjs': 'export default ["a", "b"].filter((x) => x !== "a")'},
  {'a.mjs': 'let a = {b: 1}\nvar c = [a]\nexport default c'},
  {
    'a.mjs': 'const b = await import("./b.mjs")\nexport default {x: b.default, y: b.y}',
    'b.mjs': 'export default 1\nexport const y = 2',
  },
  {
    'a.mjs':
      'export default async function config() {\n  const b = (await import("./b.mjs")).default\n  return {b}\n}',
    'b.mjs': 'export default {x: [1]}',
  },
  {
    'a.cjs': 'const b = require("./b")\nmodule.exports = async () => ({...b})',
    'b.js': 'module.exports = {x: 1}',
  },
  {
    'a.cjs':
      'module.exports = async function create() {\n  const {default: b} = await import("./b.mjs")\n  return {b}\n}',
    'b.mjs': 'export default "x"',
  },
  {
    'a.mjs': 'import {x} from "./b.mjs"\nexport const y = 1\nexport default {x}',
    'b.mjs': 'import {y} from "./a.mjs"\nexport const x = 2\nexport const z = () => y',
  },
  {
    'a.mjs': 'import {u} from "./b/c/d.mjs"\nexport default u',
    'b/c/d.mjs': 'import v from "../../v.mjs"\nexport const u = {v}',
    'v.mjs': 'export default "v"',
  },
  {'a.mjs': 'const lists = {list: []}\nconst other = lists\nexport default {other, n: [1, 2][1]}'},
  {'a.mjs': 'const x = 1\nconst f = (x) => [x]\nexport default {f: f(2), x}'},
  {'a.mjs': 'export default {["a" + "b"]: 1, 2: 3, c() {}, get: () => 1}'},
  {
    'a.mjs':
      'const config = {x: 1}\nconst plugin = (config) => { config.x = 2 }\nexport default {config, plugin}',
  },
  {
    'a.mjs':
      'const a = "/Ab/c"\nexport default [a.slice(1), a.toLowerCase(), a.toUpperCase(), a.replace("/", "-"), a.replaceAll("/", "-"), a.replaceAll(/^\\/*/g, ""), a.split("/"), a.startsWith("/"), a.endsWith("x"), a.includes("b"), " x ".trim()]',
  },
  {
    'a.mjs':
      'const a = [1, 2, 3]\nexport default [a.slice(0, 2), a.length, a[a.length - 1], a.length * 2 / 4]',
  },
  {
    'a.mjs':
      'const names = {root: 1, fr: 2}\nfunction f(from, to) {\n  const routes = {}\n  Object.keys(names).map((name) => name === "root" ? (routes[from] = to) : (routes[`/${name}${from}`] = `/${name}${to}`))\n  return routes\n}\nexport default {...f("/a", "/b"), ...f("/c", "/d")}',
  },
  {
    'a.mjs':
      'const old = {"/a": "/b", "/skip/": "/c"}\nconst all = {x: 1}\nfor (const [path, target] of Object.entries(old)) {\n  if (path === "/skip/") continue\n  const key = `${path}.html`\n  all[key] = target\n}\nall.y = 2\nexport default {...all, old}',
  },
  {
    'a.mjs':
      'const list = ["a"]\nfor (const x of ["b", "c"]) { if (x !== "b") list.push(x, x) }\n;["d"].forEach((x, index) => { if (x === "d") { list.push(index); return } list.push("e") })\nexport default list',
  },
  {'a.mjs': 'export const a = {}\na.b = [1]\na["c"] = a.b\nexport default a'},
  {'a.mjs': 'export default Object.freeze({a: void 0, b: undefined})'},
]

const tree = (files: Files) => ({
  files: new Set(Object.keys(files)),
  read: async (file: string) => files[file]!,
})
const read = (files: Files, aliases = {}) => readModule({tree: tree(files), aliases}, Object.keys(files)[0]!)

/** A value as Node writes it: functions and undefined by their names. */
function shown(value: Value): unknown {
  if (value instanceof ObjectValue)
    return value.hasUnknownKeys
      ? 'unknown'
      : Object.fromEntries([...value.values].map(([key, each]) => [key, shown(each)]))
  if (Array.isArray(value)) return value.map(shown)
  if (value instanceof FunctionValue) return 'function'
  if (value instanceof OptionalValue) return {optional: shown(value.value)}
  if (value === undefined) return 'undefined'
  return value === UNKNOWN ? 'unknown' : value
}

/** Prints what modules export, which Node runs. */
const RUN = `
const shown = (value) =>
  typeof value === 'function' || value === undefined ? typeof value
  : Array.isArray(value) ? value.map(shown)
  : typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shown(each)]))
  : value
const found = []
for (const file of process.argv.slice(2)) {
  const value = (await import(file)).default
  found.push(shown(typeof value === 'function' ? await value() : value))
}
console.log(JSON.stringify(found))
`

describe('a module', () => {
  let folder = ''
  let expected: unknown[] = []
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'doccheck-'))
    const write = (file: string, text: string) => {
      mkdirSync(path.join(folder, path.dirname(file)), {recursive: true})
      writeFileSync(path.join(folder, file), text)
    }
    write('run.mjs', RUN)
    for (const [index, files] of CASES.entries())
      for (const [file, text] of Object.entries(files)) write(`${index}/${file}`, text)
    const entries = CASES.map((files, index) => `./${index}/${Object.keys(files)[0]}`)
    expected = JSON.parse(
      execFileSync(process.execPath, ['--no-warnings', 'run.mjs', ...entries], {cwd: folder}).toString(),
    )
  })
  afterAll(() => rmSync(folder, {recursive: true, force: true}))

  it.each(CASES.map((files, index) => [Object.values(files).join('\n---\n'), index] as const))(
    'has the value that it has in Node: %s',
    async (_code, index) => {
      expect(shown(await read(CASES[index]!))).toEqual(expected[index])
    },
  )
})

describe('a module that cannot be known', () => {
  it.each<[code: string, value: unknown]>([
    ['export default [1, x, 2]', [1, 'unknown', 2]],
    ['export default [1, ...x()]', [1, 'unknown']],
    ['export default {a: 1, b: x, c: 2}', {a: 1, b: 'unknown', c: 2}],
    ['export default {a: 1, ...(x && {b: 2})}', {a: 1, b: 'unknown'}],
    ['export default {a: x ? 1 : 1, b: x ? 1 : 2}', {a: 1, b: 'unknown'}],
    ['const a = []\na.push(...b)\nexport default {a}', {a: ['unknown']}],
    ['const a = {b: 1, c: 2}\na.b = 3\na.d.e = 4\nexport default a', {b: 'unknown', c: 2, d: 'unknown'}],
    ['let a = 1\nif (x) a = 2\nexport default [a]', ['unknown']],
    ['const a = [2, 1]\na.sort()\nexport default {a}', {a: 'unknown'}],
    ['const a = {b: 1}\nObject.assign(a, x)\nexport default {a}', {a: 'unknown'}],
    ['const f = (a) => { if (a) return 1; return 2 }\nexport default [f(1) ?? 3]', ['unknown']],
    ['const a = [b]\nconst b = [a]\nexport default [1]', [1]],
    [
      'const a = {}\nfor (const k of ["b", "c"]) { if (x) continue\n a[k] = 1 }\nexport default a',
      {b: 'unknown', c: 'unknown'},
    ],
    ['const a = {d: 1}\nfor (const k of x) a[k] = 1\nexport default {a}', {a: 'unknown'}],
    [
      'const a = {}\nfor (const k of ["b", "c"]) { if (k === "c") break\n a[k] = 1 }\nexport default {a}',
      {a: 'unknown'},
    ],
    ['const a = {}\nconst f = (k) => { a[k] = 1 }\nf("b")\nexport default {a}', {a: 'unknown'}],
    ['const a = []\nif (x) a.push("b")\nexport default {a}', {a: [{optional: 'b'}]}],
    ['const a = {}\nfor (const k of Object.keys(a)) a[k] = 1\nexport default {b: 1}', {b: 1}],
    ['export default x ? {a: 1, b: 2} : {a: 1}', {a: 1, b: 'unknown'}],
    [
      'export default {a: x && {b: 2}, c: x ? {d: 1} : undefined, e: !x}',
      {a: 'unknown', c: 'unknown', e: 'unknown'},
    ],
    [
      'export default [x && "a", x ? ["b"] : null, x && true]',
      [{optional: 'a'}, {optional: ['b']}, 'unknown'],
    ],
    [
      'export default [...(x ? ["a"] : ["b"]), ...(x && ["c"]), 1]',
      [{optional: 'a'}, {optional: 'b'}, {optional: 'c'}, 1],
    ],
    [
      'export default {a: x ? ["a"] : undefined, b: x ? [] : undefined}',
      {a: [{optional: 'a'}], b: 'unknown'},
    ],
    ['export default {a: 1, ...(x ? {b: 2} : {}), ...(x ? {c: 2} : {c: 2})}', {a: 1, b: 'unknown', c: 2}],
    [
      'const a = [x && "b", "c"]\nexport default [a[0], a[1], a.length, a.slice(1), a.includes("c"), a.join(",")]',
      ['unknown', 'unknown', 'unknown', ['unknown'], 'unknown', 'unknown'],
    ],
    ['export default [x && "a", false].filter(Boolean).map((y) => [y])', ['unknown']],
    ['export default ["aaaa".replace(/(a+)+b/, "c")]', ['unknown']],
    ['export default [0, x, 1][1]', 'unknown'],
    [
      'export default {a: 1, b: [1][x], c: [1][[x]], d: [1][{}]}',
      {a: 1, b: 'unknown', c: 'unknown', d: 'unknown'},
    ],
  ])('%s', async (code, value) => {
    expect(shown(await read({'a.ts': code}))).toEqual(value)
  })

  it('ends where modules or values use each other', async () => {
    const cycle = {
      'a.mjs': 'export {x as default} from "./b.mjs"',
      'b.mjs': 'export {default as x} from "./a.mjs"',
    }
    expect(await read(cycle)).toBe(UNKNOWN)
    const stars = {
      'a.mjs': 'import {x} from "./b.mjs"\nexport default [x]',
      'b.mjs': 'export * from "./c.mjs"',
      'c.mjs': 'export * from "./b.mjs"',
    }
    expect(await read(stars)).toEqual([UNKNOWN])
    expect(
      await read({'a.mjs': 'const f = (x) => [f(x), f(x)]\nexport default {a: 1, f: f(1)}'}),
    ).toBeDefined()
    const loops = Array.from({length: 6}, (_each, index) => `for (const x${index} of l) `).join('')
    const list = `const l = [${'1,'.repeat(100)}]`
    expect(
      shown(await read({'a.mjs': `${list}\nconst a = {}\n${loops}a.b = 1\nexport default {a}`})),
    ).toEqual({a: {b: 'unknown'}})
    const growing = Array.from({length: 90}, (_each, index) => `.map((x) => [x, x])${index % 9 ? '' : '\n'}`)
    expect(shown(await read({'a.mjs': `export default [[1]${growing.join('')}]`}))).toBeDefined()
  })

  it('reads no more than 50 modules, and no longer chains than configurations have', async () => {
    const names = Array.from({length: 60}, (_each, index) => `m${index}`)
    const files: Files = {
      'a.mjs': `${names.map((name) => `import ${name} from './${name}.mjs'`).join('\n')}\nexport default [${names}]`,
    }
    for (const name of names) files[`${name}.mjs`] = 'export default 1'
    const value = (await read(files)) as readonly Value[]
    expect(value.filter((each) => each === 1)).toHaveLength(49)
    const chain: Files = {'a.mjs': 'export {default} from "./b0.mjs"'}
    for (let index = 0; index < 40; index++)
      chain[`b${index}.mjs`] = `export {default} from "./b${index + 1}.mjs"`
    expect(await read(chain)).toBe(UNKNOWN)
  })

  it('reads nothing outside the tree or behind symlinks', async () => {
    const source = {
      ...tree({'a.mjs': 'import b from "./b.mjs"\nexport default [b]', 'b.mjs': 'export default 1'}),
      symlinks: new Set(['b.mjs']),
    }
    expect(await readModule({tree: source}, 'a.mjs')).toEqual([new CallValue('import', ['./b.mjs'])])
    expect(await read({'a.mjs': 'import b from "../../b.mjs"\nexport default [b]'})).toEqual([
      new CallValue('import', ['../../b.mjs']),
    ])
  })
})

describe('a TypeScript module', () => {
  it.each<[string, Files, unknown]>([
    [
      'types',
      {
        'a.ts':
          'import type {T} from "./t"\nconst a: T = {b: [1] as const} satisfies T\nexport default a as T',
      },
      {b: [1]},
    ],
    [
      'names of the output',
      {'a.ts': 'import b from "./b.js"\nexport default b', 'b.ts': 'export default 1'},
      1,
    ],
    [
      'omitted extensions',
      {'a.ts': 'import {b} from "./c"\nexport default b', 'c/index.ts': 'export const b = 2'},
      2,
    ],
    [
      'JSX',
      {
        'a.ts': 'import {b} from "./b"\nexport default b',
        'b.tsx': 'export const b = 3\nexport const C = () => <p>x</p>',
      },
      3,
    ],
    [
      'aliases',
      {'site/a.ts': 'import b from "@site/src/b"\nexport default b', 'site/src/b.ts': 'export default 4'},
      4,
    ],
    ['JSON', {'a.ts': 'import b from "./b.json"\nexport default b.c', 'b.json': '{"c": 5}'}, 5],
    ['assigned exports', {'a.cts': 'export = {a: 6}'}, {a: 6}],
    [
      'helpers',
      {'a.ts': 'import {defineConfig} from "x"\nexport default defineConfig(() => ({a: 7}))'},
      {a: 7},
    ],
  ])('may use %s', async (_name, files, value) => {
    expect(shown(await read(files, {'@site': 'site'}))).toEqual(value)
  })

  it('keeps calls and packages by their names, and paths from the root of the tree', async () => {
    const value = await read({
      'site/config.ts': `import a, {b} from 'pkg'
        import paths from './lib/paths.js'
        export default [a({x: 1}), b, require('other'), a.c(), paths]`,
      'site/lib/paths.ts': `import path from 'node:path'
        import {fileURLToPath} from 'node:url'
        const here = path.dirname(fileURLToPath(import.meta.url))
        export default [path.join(__dirname, '..', 'docs'), path.resolve(here, 'x'), fileURLToPath(new URL('./y', import.meta.url)), \`\${__dirname}/z\`, require.resolve('./paths')]`,
    })
    expect(value).toEqual([
      new CallValue('a', [new ObjectValue(new Map([['x', 1]]), false)], 'pkg'),
      new CallValue('import', ['pkg']),
      new CallValue('require', ['other']),
      new CallValue('a.c', [], 'pkg'),
      ['docs', 'lib/x', 'lib/y', 'lib/z', 'lib/paths.ts'].map((name) => new PathValue(`site/${name}`)),
    ])
  })
})

it('finds local modules as Node, TypeScript and bundlers do', () => {
  const files = new Set(['a.ts', 'b.js', 'b.ts', 'c/index.mjs', 'd.json', 'e.mts', 'd/f.tsx'])
  const find = (name: string, from = 'x.ts') => localModule({files}, name, from, {'@': 'd'})
  expect(find('./a')).toBe('a.ts')
  expect(find('./a.js')).toBe('a.ts')
  expect(find('./b.js')).toBe('b.js')
  expect(find('./c')).toBe('c/index.mjs')
  expect(find('../c/', 'd/x.ts')).toBe('c/index.mjs')
  expect(find('./d.json')).toBe('d.json')
  expect(find('./e.mjs')).toBe('e.mts')
  expect(find('@/f')).toBe('d/f.tsx')
  expect(find('@scope/f')).toBe(undefined)
  expect(find('a')).toBe(undefined)
  expect(find('../a')).toBe(undefined)
})
