import {execFileSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {defineConfig} from 'rolldown'
import {dts} from 'rolldown-plugin-dts'

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

/**
 * doccheck has linkinator request URLs, never crawl: what it would need to serve folders and to read pages is left out,
 * a tenth of it remains.
 */
const requestsOnly = {
  name: 'requests-only',
  resolveId: {
    filter: {id: /^(?:glob|\.\/(?:links|server|sitemap)\.js)$/},
    handler: (_, importer) => (/[\\/]linkinator[\\/]build[\\/]/.test(importer ?? '') ? '\0left-out' : null),
  },
  load: {filter: {id: /^\0left-out$/}, handler: () => 'module.exports = {}'},
}

/** Writes the licences of all bundled code and types beside the bundle. */
const bundled = new Set()
const licences = {
  name: 'licences',
  generateBundle() {
    for (const id of this.getModuleIds()) {
      const match = /^(.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id.replace(/^\0/, ''))
      if (match && existsSync(path.join(match[1], 'package.json'))) bundled.add(match[1])
    }
  },
  writeBundle() {
    const parts = [...bundled].sort().map((folder) => {
      const {name, version, license} = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
      return `## ${name} ${version} (${license})\n\n${file ? readFileSync(path.join(folder, file), 'utf8').trim() : ''}\n`
    })
    const text = `# Licences of the packages bundled in this folder\n\n${[...new Set(parts)].join('\n')}`
    writeFileSync('dist/THIRD-PARTY-LICENSES.md', text)
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

const code = defineConfig({
  input: {
    main: 'src/main.ts',
    index: 'src/index.ts',
    worker: 'src/worker.ts',
    internals: 'scripts/internals.ts',
    ...Object.fromEntries(rules.map((rule) => [`rules/${rule}`, `rules/${rule}.ts`])),
  },
  platform: 'node',
  // The typescript of the tree that is checked, if it has one.
  external: ['typescript'],
  resolve: {
    // The same answers for all but exotic text, without 25 ms of tables and regular expressions at every start.
    alias: {
      'string-width': 'fast-string-width',
      // Its other build finds its own files in a way that no bundler follows.
      'jsonc-parser': path.resolve('node_modules/jsonc-parser/lib/esm/main.js'),
    },
  },
  plugins: [nativeBinding, requestsOnly, licences, findGroups],
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

/** The compiler's declarations, one for each source file, which become one for each part of `exports`. */
const declarations = {
  name: 'declarations',
  buildStart: () =>
    execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
      stdio: 'inherit',
    }),
  writeBundle: () => rmSync('dist/declarations', {recursive: true}),
}

const types = defineConfig({
  input: {
    index: './dist/declarations/src/index.d.ts',
    ...Object.fromEntries(rules.map((rule) => [`rules/${rule}`, `./dist/declarations/rules/${rule}.d.ts`])),
  },
  // satteri brings these to every install.
  external: ['mdast', 'unist'],
  plugins: [declarations, dts({dtsInput: true, emitDtsOnly: true, tsconfig: false}), licences],
  output: {dir: 'dist/types', chunkFileNames: '[name].d.ts'},
})

export default [code, types]
