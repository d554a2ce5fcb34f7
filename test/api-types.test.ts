import {execFileSync} from 'node:child_process'
import {cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {expect, it} from 'vitest'
import {folder} from './run-doccheck.ts'

/** Install doccheck with what its manifest names, and nothing else: as npm would, without the network. */
function installInto(root: string): void {
  const modules = path.join(root, 'node_modules')
  const own = path.join(modules, 'doccheck-cli')
  mkdirSync(own, {recursive: true})
  cpSync('dist', path.join(own, 'dist'), {recursive: true})
  cpSync('package.json', path.join(own, 'package.json'))
  const todo = ['.']
  const done = new Set<string>()
  for (const at of todo)
    for (const name of dependenciesOf(at)) {
      if (done.has(name)) continue
      done.add(name)
      const place = path.resolve('node_modules', name)
      todo.push(place)
      mkdirSync(path.dirname(path.join(modules, name)), {recursive: true})
      symlinkSync(place, path.join(modules, name), 'junction')
    }
}

const dependenciesOf = (place: string): string[] =>
  Object.keys(JSON.parse(readFileSync(path.join(place, 'package.json'), 'utf8')).dependencies ?? {})

/** The examples of the page about programs, and all that a configuration uses. */
const PROGRAMS = [...readFileSync('docs/api.md', 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(
  ([, code]) => code!,
)
PROGRAMS.push(`
import {
  applyFixes, type Config, defineConfig, definePlatform, defineRule, Doccheck, type FileConfig, type FileResult,
  type FindingFix, type FixedText, type RuleInfo, UserError,
} from 'doccheck-cli'
import broken from 'doccheck-cli/rules/no-broken-link'

const rule = defineRule(
  {name: 'short', needs: 'page', options: {most: 1}, severity: 'warn'},
  (page, {report, options}) => {
    for (const {start, end} of page.headings.slice(options.most)) report({start, end, message: 'Unexpected heading'})
  },
)
const config: Config = defineConfig({plugins: [rule, broken], rules: {'no-broken-link': ['error', {likely: 'off'}]}})
const doccheck = new Doccheck({config, rules: {short: 'error'}})
const rules: RuleInfo[] = await doccheck.listRules()
const own: FileConfig = await doccheck.configFor('a.md')
const {files} = await doccheck.checkText('# A', {path: 'a.md', signal: AbortSignal.timeout(1000)})
const first: FileResult | undefined = files[0]
const fixes: FindingFix[] = first?.findings.flatMap(({fix}) => fix ?? []) ?? []
const fixed: FixedText = applyFixes('# A', fixes)
export {definePlatform, fixed, own, rules, UserError}
`)

// An error that is not expected fails, and so does one that is, but is none.
PROGRAMS.push(`
import {type Config, defineConfig} from 'doccheck-cli'

defineConfig({
  extends: ['strict', './more.json'],
  rules: {
    'no-broken-link': ['error', {except: ['/api/*'], likely: 'off'}],
    'no-undefined-reference': ['warn', {shortcuts: 'never'}],
    'no-dead-link': ['error', {unreachable: 'info'}],
    'front-matter': ['error', {schemas: [{files: '**', schema: {required: ['title']}}]}],
    'no-duplicate-id': ['off'],
  },
  overrides: [{files: 'a/**', rules: {'no-missing-anchor': 'warn'}}],
  plugins: ['remark-lint', ['./own.mjs', {most: 1}]],
})
// @ts-expect-error: no such rule
defineConfig({rules: {'no-brokn-link': 'off'}})
// @ts-expect-error: no such rule
defineConfig({overrides: [{files: '**', rules: {'no-brokn-link': 'off'}}]})
// @ts-expect-error: no such severity
defineConfig({rules: {'no-broken-link': 'warning'}})
// @ts-expect-error: no such severity
defineConfig({rules: {'no-broken-link': 2}})
// @ts-expect-error: no such option
defineConfig({rules: {'no-broken-link': ['error', {exept: []}]}})
// @ts-expect-error: the option of another rule
defineConfig({rules: {'no-unused-definition': ['error', {likely: 'off'}]}})
// @ts-expect-error: a value of the wrong type
defineConfig({rules: {'no-broken-link': ['error', {except: '/api/*'}]}})
// @ts-expect-error: no such word
defineConfig({rules: {'no-undefined-reference': ['error', {shortcuts: 'alway'}]}})
// @ts-expect-error: no such key
defineConfig({rule: {}})

type Added = {'no-shouting': {most: number}}
defineConfig<Added>({rules: {'no-shouting': ['warn', {most: 1}], 'no-broken-link': 'off'}})
export const config: Config<Added> = {overrides: [{files: ['a'], rules: {'no-shouting': 'off'}}]}
// @ts-expect-error: a value of the wrong type
defineConfig<Added>({rules: {'no-shouting': ['warn', {most: '1'}]}})
// @ts-expect-error: no such rule
defineConfig<Added>({rules: {'no-shoutin': 'off'}})
`)

it.each([
  ['node16', 'node16'],
  ['esnext', 'bundler'],
])(
  'has types that compile for users, declarations included: module %s, resolution %s',
  (module, moduleResolution) => {
    const root = folder({'package.json': '{"type": "module"}'})
    installInto(root)
    for (const [index, program] of PROGRAMS.entries())
      writeFileSync(path.join(root, `program${index}.ts`), program)
    const compilerOptions = {
      module,
      moduleResolution,
      target: 'es2022',
      lib: ['es2022', 'dom'],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
      // Packages must find what they need beside them, not in the folder that they are linked from.
      preserveSymlinks: true,
    }
    writeFileSync(path.join(root, 'tsconfig.json'), JSON.stringify({compilerOptions, include: ['*.ts']}))
    expect(faultsIn(root)).toBe('')
  },
)

/** What the compiler prints. */
function faultsIn(root: string): string {
  const compiler = path.resolve('node_modules/typescript/bin/tsc')
  try {
    return execFileSync(process.execPath, [compiler, '-p', root], {encoding: 'utf8'})
  } catch (error) {
    return (error as {stdout: string}).stdout
  }
}
