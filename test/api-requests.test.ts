import {execFile} from 'node:child_process'
import {once} from 'node:events'
import {writeFileSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {promisify} from 'node:util'
import {expect, it, onTestFinished} from 'vitest'
import {folder} from './run-doccheck.ts'

const execute = promisify(execFile)

/** A server that answers `/held` once `/let-go` is requested, with 404 each. */
async function startServer(): Promise<string> {
  const held: (() => void)[] = []
  const server = createServer((request, response) => {
    const answer = () => response.writeHead(404).end()
    if (request.url === '/held') held.push(answer)
    else answer()
    if (request.url === '/let-go') for (const each of held.splice(0)) each()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Run a program that has the built package as `Doccheck`. @returns what it prints, as JSON */
async function runProgram(root: string, program: string): Promise<unknown> {
  const built = JSON.stringify(pathToFileURL(path.resolve('dist/index.js')).href)
  writeFileSync(path.join(root, 'program.mjs'), `import {Doccheck} from ${built}\n${program}`)
  const env = {...process.env, HTTP_PROXY: 'http://proxy.invalid'}
  const {stdout} = await execute(process.execPath, ['program.mjs'], {cwd: root, env})
  return JSON.parse(stdout)
}

it('a check restricts its own requests, and not those of the program around it', async () => {
  const [checked, own] = [await startServer(), await startServer()]
  const root = folder({'a.md': `![a](http://${checked}/held)\n![b](http://${own}/b.png)\n`})
  const remote = JSON.stringify({allowPrivate: [checked], proxy: false, cache: false})
  const printed = await runProgram(
    root,
    `
    const checking = new Doccheck({config: {remote: ${remote}}}).checkFiles()
    // While a request of the check is pending.
    await new Promise((resolve) => setTimeout(resolve, 300))
    const {status} = await fetch('http://${own}/own')
    const proxy = process.env.HTTP_PROXY
    await fetch('http://${checked}/let-go')
    let isDone = false
    checking.finally(() => (isDone = true))
    while (!isDone) {
      await fetch('http://${checked}/let-go')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const {files, unverified} = await checking
    console.log(JSON.stringify({status, proxy, lines: files[0].findings.map(({line}) => line), unverified}))
    `,
  )
  expect(printed).toEqual({
    status: 404,
    proxy: 'http://proxy.invalid',
    lines: [1],
    unverified: [{reason: expect.stringContaining('not checked: '), image: 1, link: 0}],
  })
})

it('a check that is aborted ends, and with it the program', async () => {
  const checked = await startServer()
  const root = folder({'a.md': `![a](http://${checked}/held)\n`})
  const remote = JSON.stringify({
    allowPrivate: [checked],
    cache: false,
    proxy: false,
    timeout: '1m',
    timeLimit: '1h',
  })
  const printed = await runProgram(
    root,
    `
    const doccheck = new Doccheck({config: {remote: ${remote}}})
    const names = await Promise.all([300, 400].map((time) =>
      doccheck.checkFiles(undefined, {signal: AbortSignal.timeout(time)}).catch(({name}) => name)))
    console.log(JSON.stringify(names))
    `,
  )
  expect(printed).toEqual(['TimeoutError', 'TimeoutError'])
})
