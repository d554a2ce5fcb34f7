import {readdirSync, readFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {builtIn} from '../rules/index.ts'
import {parseDocs} from '../src/rule/docs.ts'
import {checkFolder, folder, told} from './world.ts'

const names = readdirSync('rules')
  .filter((file) => file !== 'index.ts')
  .map((file) => file.replace('.ts', ''))

it('knows every rule there is', () => {
  expect([...builtIn.keys()]).toEqual(names)
})

// The examples in a rule's opening comment are its tests.
describe.each(names)('%s', (name) => {
  const docs = parseDocs(readFileSync(`rules/${name}.ts`, 'utf8'))
  const rule = builtIn.get(name)!

  it('is documented', () => {
    expect(docs.text.length).toBeGreaterThan(80)
    expect(docs.examples.length).toBeGreaterThan(0)
    expect(Object.keys(docs.options)).toEqual(Object.keys(rule.options))
  })

  it.each(docs.examples.map((example) => [example.title, example] as const))(
    'example: %s',
    async (title, example) => {
      const options = /with (\{.*\})$/.exec(title)
      const files = Object.fromEntries(
        [...title.matchAll(/`([^`{]+)`/g)].map((match) => [match[1]!, '# x\n']),
      )
      const root = folder({...files, 'page.md': example.markdown})
      const result = await checkFolder(root, name, options ? JSON.parse(options[1]!) : {})
      const expected = example.messages.map((message) => `page.md ${message}`)
      expect(told(result).filter((line) => line.startsWith('page.md'))).toEqual(expected)
      expect(title.startsWith('not ok')).toBe(expected.length > 0)
    },
  )
})
