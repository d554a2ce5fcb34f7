import {spawn} from 'node:child_process'
import {renameSync, rmSync} from 'node:fs'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {expect, it, onTestFinished} from 'vitest'
import {ENV, repository, write} from './repository.ts'

interface Diagnostic {
  message: string
  range: {start: {line: number; character: number}; end: {line: number; character: number}}
  data?: {expected: string[]}
}

/** A message of the Language Server Protocol. */
interface Message {
  id?: number
  method?: string
  params?: {uri?: string; diagnostics?: Diagnostic[]}
}

/** Start the language server on a folder, as an editor does. */
function editor(root: string) {
  const server = spawn('node', [path.resolve('test/lint-server.js'), '--stdio'], {env: ENV})
  onTestFinished(() => void server.kill())
  let bytes = Buffer.alloc(0)
  const waiting: {isIt: (message: Message) => boolean; resolve: (message: Message) => void}[] = []
  const died = new Promise<never>((_, reject) => {
    let said = ''
    server.stderr.on('data', (data) => (said += data))
    server.on('exit', (code) => reject(new Error(`The language server ended with ${code}: ${said}`)))
  })
  died.catch(() => {})
  const take = (message: Message) => {
    const at = waiting.findIndex(({isIt}) => isIt(message))
    if (at >= 0) waiting.splice(at, 1)[0]!.resolve(message)
  }
  server.stdout.on('data', (data) => {
    bytes = Buffer.concat([bytes, data])
    for (;;) {
      const [head, length] =
        /^Content-Length: (\d+)\r\n(?:[^\r]+\r\n)*\r\n/.exec(bytes.toString('latin1')) ?? []
      if (head === undefined || bytes.length < head.length + Number(length)) return
      const end = head.length + Number(length)
      const text = bytes.toString('utf8', head.length, end)
      bytes = bytes.subarray(end)
      take(JSON.parse(text))
    }
  })
  const send = (message: object) => {
    const text = JSON.stringify({jsonrpc: '2.0', ...message})
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
  }
  const next = (isIt: (message: Message) => boolean) =>
    Promise.race([new Promise<Message>((resolve) => waiting.push({isIt, resolve})), died])
  let version = 1
  const uriOf = (name: string) => pathToFileURL(path.join(root, name)).href
  /** Send a text, and wait for what is said of it. */
  const judge = async (name: string, text: string): Promise<Diagnostic[]> => {
    const uri = uriOf(name)
    const told = next(
      ({method, params}) => method === 'textDocument/publishDiagnostics' && params?.uri === uri,
    )
    if (version === 1)
      send({
        method: 'textDocument/didOpen',
        params: {textDocument: {uri, languageId: 'markdown', version: version++, text}},
      })
    else
      send({
        method: 'textDocument/didChange',
        params: {textDocument: {uri, version: version++}, contentChanges: [{text}]},
      })
    return (await told).params!.diagnostics!
  }
  const start = async () => {
    const ready = next(({id}) => id === 1)
    const rootUri = pathToFileURL(root).href
    send({id: 1, method: 'initialize', params: {processId: process.pid, rootUri, capabilities: {}}})
    await ready
    send({method: 'initialized', params: {}})
  }
  return {start, judge}
}

// `npm test` builds the rules first.
it('a language server sees the files as they are now', async () => {
  const rule = (name: string) => [path.resolve(`dist/rules/${name}.js`), ['error']]
  const plugins = [
    path.resolve('node_modules/remark-lint/index.js'),
    rule('no-broken-link'),
    rule('no-missing-anchor'),
  ]
  const text = '# A\n\n[b](b.md#b)'
  const root = await repository({'a.md': text, '.remarkrc.json': JSON.stringify({plugins})})
  const {start, judge} = editor(root)
  const said = async (words: string) => (await judge('a.md', words)).map(({message}) => message)
  const MISSING = 'Unexpected link to missing file `b.md#b`'
  await start()
  expect(await said(text)).toEqual([MISSING])
  write(root, {'b.md': '# B\n'})
  expect(await said(text)).toEqual([])
  write(root, {'b.md': '# Bee\n'})
  const [found] = await judge('a.md', text)
  // What is expected stands for the whole link, which is marked.
  expect(found).toMatchObject({
    message: 'Unexpected link to missing anchor `#b` in `b.md`',
    range: {start: {line: 2, character: 0}, end: {line: 2, character: 11}},
  })
  renameSync(path.join(root, 'b.md'), path.join(root, 'other.md'))
  expect(await said(text)).toEqual([MISSING])
  write(root, {'b.md': '# B\n'})
  expect(await said(text)).toEqual([])
  rmSync(path.join(root, 'b.md'))
  expect(await said(text)).toEqual([MISSING])
  // The configuration is that of today, too.
  const except = [path.resolve('dist/rules/no-broken-link.js'), ['error', {except: ['b.md*']}]]
  write(root, {'.remarkrc.json': JSON.stringify({plugins: [except]})})
  expect(await said(text)).toEqual([])
})
