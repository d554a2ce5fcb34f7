import {existsSync, readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {defineConfig} from 'rolldown'

const rules = readdirSync('rules')
  .filter((file) => file !== 'index.ts')
  .map((file) => file.replace(/\.ts$/, ''))

/**
 * The parser looks for its native binary from its own file; bundled, it must go on looking from its package.
 */
const nativeBinding = {
  name: 'native-binding',
  transform: {
    filter: {id: /[\\/]satteri[\\/]index\.js$/},
    handler(code) {
      const found = 'createRequire(import.meta.url)'
      if (!code.includes(found)) throw new Error(`satteri/index.js no longer holds ${found}`)
      return code.replace(found, "createRequire(import.meta.resolve('satteri'))")
    },
  },
}

/** The licences of all that is bundled go with it. */
const licences = {
  name: 'licences',
  generateBundle() {
    const folders = new Set()
    for (const id of this.getModuleIds()) {
      const match = /^(.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id.replace(/^\0/, ''))
      if (match && existsSync(path.join(match[1], 'package.json'))) folders.add(match[1])
    }
    const parts = [...folders].sort().map((folder) => {
      const {name, version, license} = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
      return `## ${name} ${version} (${license})\n\n${file ? readFileSync(path.join(folder, file), 'utf8').trim() : ''}\n`
    })
    const source = `# Licences of the packages bundled in this folder\n\n${[...new Set(parts)].join('\n')}`
    this.emitFile({type: 'asset', fileName: 'THIRD-PARTY-LICENSES.md', source})
  },
}

/**
 * Everything that every run needs goes into one file, and what the second thread needs into another: each further
 * module costs a millisecond at the start, and so does code that is only read.
 */
const groups = {pages: new Set(), core: new Set()}
const findGroups = {
  name: 'find-groups',
  buildEnd() {
    for (const [entry, found] of [
      ['src/worker.ts', groups.pages],
      ['src/main.ts', groups.core],
    ]) {
      const todo = [path.resolve(entry)]
      for (let id = todo.pop(); id; id = todo.pop()) {
        if (found.has(id)) continue
        found.add(id)
        todo.push(...(this.getModuleInfo(id)?.importedIds ?? []))
      }
      found.delete(path.resolve(entry))
    }
  },
}

export default defineConfig({
  input: {
    main: 'src/main.ts',
    index: 'src/index.ts',
    worker: 'src/worker.ts',
    ...Object.fromEntries(rules.map((rule) => [`rules/${rule}`, `rules/${rule}.ts`])),
  },
  platform: 'node',
  // Loaded only when there is something for them to do; whatever every run needs is bundled, which halves the start.
  external: ['typescript', 'linkinator', 'undici', /^ajv/, 'toml-eslint-parser'],
  resolve: {
    // The same answers for all but exotic text, without 25 ms of tables and regular expressions at every start.
    alias: {
      'string-width': 'fast-string-width',
      // Its other build finds its own files in a way that no bundler follows.
      'jsonc-parser': path.resolve('node_modules/jsonc-parser/lib/esm/main.js'),
    },
  },
  plugins: [nativeBinding, licences, findGroups],
  output: {
    minify: {compress: true, mangle: false, codegen: true},
    dir: 'dist',
    format: 'esm',
    chunkFileNames: '[name]-[hash].js',
    cleanDir: true,
    codeSplitting: {
      groups: ['pages', 'core'].map((name, index) => ({
        name: (id) => (groups[name].has(id) ? name : null),
        debugName: name,
        priority: 2 - index,
      })),
    },
  },
})
