import path from 'node:path'
import {pathToFileURL} from 'node:url'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {describeSites} from '../src/site/describe-sites.ts'
import {operationRoutes} from '../src/site/platforms/mintlify/operations.ts'
import {amount} from './amount.ts'
import {ENGINE_PARTS, engineParts} from './needs.ts'
import {folder} from './run-doccheck.ts'
import {contextOf} from './virtual-tree.ts'

const isInstalled = engineParts('@mintlify/link-rot')

const load = async (file: string) => import(pathToFileURL(path.join(ENGINE_PARTS, file)).href)

/** The links of `links.mdx` that Mintlify's own checker finds broken. */
async function brokenByMintlify(root: string): Promise<string[]> {
  const {getBrokenInternalLinks} = await load('@mintlify/link-rot/dist/index.js')
  const found: {originalPath: string; filename: string}[] = await getBrokenInternalLinks(root)
  return found.filter(({filename}) => filename === 'links.mdx').map(({originalPath}) => originalPath)
}

/** Those that doccheck knows to lead nowhere. */
async function brokenByDoccheck(
  texts: Readonly<Record<string, string>>,
  from: string,
  links: readonly string[],
) {
  const context = {...contextOf(texts), page: () => undefined}
  const resolve = (await describeSites(context)).publish(context).resolverFor(from)
  return links.filter((url) => resolve({url, kind: 'link'}).to === 'missing')
}

const NAMES = ['a', 'b', 'index', 'v1.2', 'Use', 'ünter', 'x y'] as const
// Mintlify's checker takes `/a.png` for the page `a`, and `/lamp` for `lamp.png`: there is nothing at either.
const IMAGES = ['lamp.png', 'lamp.x.svg']
const FOLDERS = ['', 'guide', 'guide/deep', 'api-reference', 'drafts']

/** A description of an API with operations of all kinds. */
const specification = fc
  .array(
    fc.record({
      path: fc.constantFrom('/users', '/users/{id}', '/a.b/{c}/d', '/x-y', 'lamp.lit', 'Lamp off'),
      method: fc.constantFrom('get', 'post', 'delete'),
      tag: fc.constantFrom(undefined, 'Users', 'My API (v1)'),
      summary: fc.constantFrom(undefined, 'Get a user', "A user's (own)", 'List--all'),
      extension: fc.constantFrom(
        {},
        {'x-hidden': true},
        {'x-excluded': true},
        {'x-mint': {href: '/guide/of-api'}},
      ),
    }),
    {minLength: 1, maxLength: 4},
  )
  .map((operations) => {
    const paths: Record<string, Record<string, object>> = {}
    const webhooks: typeof paths = {}
    for (const {path: at, method, tag, summary, extension} of operations)
      ((at.startsWith('/') ? paths : webhooks)[at] ??= {})[method] = {
        ...(tag && {tags: [tag]}),
        ...(summary && {summary}),
        ...extension,
        responses: {200: {description: 'It works'}},
      }
    return {
      openapi: '3.1.0',
      info: {title: 'API', version: '1'},
      tags: [{name: 'Users', 'x-group': 'My API (v1)'}],
      paths,
      webhooks,
    }
  })

const page = fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom('.mdx', '.md')).map((all) => all.join(''))
const file = fc
  .tuple(fc.constantFrom(...FOLDERS), fc.oneof({weight: 4, arbitrary: page}, fc.constantFrom(...IMAGES)))
  .map(([at, name]) => at + (at && '/') + name)
const target = fc.oneof(
  {weight: 6, arbitrary: file.map((name) => name.replace(/\.mdx?$/, ''))},
  {weight: 2, arbitrary: file},
  {weight: 2, arbitrary: fc.constantFrom(...FOLDERS, 'gone', 'guide/gone', 'guide/of-api')},
  {weight: 2, arbitrary: fc.constantFrom('old/a', 'old/b/c', 'was', 'moved-x', 'README', 'guide/README')},
)
const link = fc
  .tuple(target, fc.constantFrom('/', './', '../', './../guide/'), fc.constantFrom('', '', '/', '?a=b'))
  .map(([to, start, end]) => encodeURI(start + to + end))

describe.skipIf(!isInstalled)('links of a Mintlify site', () => {
  it('are broken if its own checker says so, on a hundred sites', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(file, {minLength: 1, maxLength: 12}),
        fc.uniqueArray(link, {minLength: 5, maxLength: 25}),
        fc.constantFrom('', 'guide/'),
        async (files, links, at) => {
          const config = {
            $schema: 'https://mintlify.com/docs.json',
            name: 'Lamps',
            theme: 'mint',
            colors: {primary: '#123456'},
            navigation: {groups: [{group: 'Start', pages: ['start']}]},
            redirects: [
              {source: '/old/:slug*', destination: '/new/:slug*'},
              {source: '/was', destination: '/new/b/c'},
              {source: '/moved-*', destination: '/new/a'},
            ],
          }
          const from = `${at}links.mdx`
          const texts = {
            ...Object.fromEntries(files.map((name) => [name, 'Text\n'])),
            'docs.json': JSON.stringify(config),
            '.mintignore': 'drafts/\n/guide/deep/b.*\n',
            'start.mdx': 'Text\n',
            // Of its redirects, the checker finds only those to pages with this extension.
            'new/a.mdx': 'Text\n',
            'new/b/c.mdx': 'Text\n',
            'guide/README.md': 'Text\n',
            [from]: links.map((url) => `[a](${url})\n`).join('\n'),
          }
          const expected = await brokenByMintlify(folder(texts))
          expect(await brokenByDoccheck(texts, from, links)).toEqual(expected)
        },
      ),
      {numRuns: amount(100)},
    )
  })

  it('may lead to the pages that it generates from the operations of an API', async () => {
    const {processOpenApiPath, processOpenApiWebhook} = await load('@mintlify/scraping/bin/openapi/common.js')
    const {findNavGroup} = await load('@mintlify/common/dist/index.js')
    fc.assert(
      fc.property(specification, fc.constantFrom('api-reference', 'a/b'), (api, directory) => {
        const pages: Record<string, object> = {}
        const nav: object[] = []
        const decorated: object[] = []
        const add = (process: typeof processOpenApiPath, name: string, item: object) =>
          process(name, item, api, nav, decorated, [], pages, {outDir: directory}, findNavGroup)
        for (const [name, item] of Object.entries(api.paths)) add(processOpenApiPath, name, item)
        for (const [name, item] of Object.entries(api.webhooks)) add(processOpenApiWebhook, name, item)
        expect(new Set(operationRoutes(api, directory))).toEqual(new Set(Object.keys(pages)))
      }),
      {numRuns: amount(1000)},
    )
  })

  it('lead to these pages if its own checker says so', async () => {
    const operation = {summary: 'Get a lamp', responses: {200: {description: 'A lamp'}}}
    const api = {
      openapi: '3.1.0',
      info: {title: 'API', version: '1'},
      paths: {'/lamps/{id}': {get: operation}},
    }
    const links = ['/api-reference/get-a-lamp', '/lamps/get-a-lamp', '/lamps/get', '/api-reference/get-lamps']
    const texts = {
      'docs.json': JSON.stringify({
        $schema: 'https://mintlify.com/docs.json',
        name: 'Lamps',
        theme: 'mint',
        colors: {primary: '#123456'},
        navigation: {groups: [{group: 'API', openapi: {source: 'openapi.json', directory: 'lamps'}}]},
      }),
      'openapi.json': JSON.stringify(api),
      'links.mdx': links.map((url) => `[a](${url})\n`).join('\n'),
    }
    expect(await brokenByMintlify(folder(texts))).toEqual(['/lamps/get', '/api-reference/get-lamps'])
    // It also takes pages for generated in the default folder, which no navigation asks for.
    expect(await brokenByDoccheck(texts, 'links.mdx', links)).toEqual([
      '/api-reference/get-a-lamp',
      '/lamps/get',
      '/api-reference/get-lamps',
    ])
  })
})
