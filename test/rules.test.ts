import {describe, expect, it} from 'vitest'
import {builtIn} from '../rules/index.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'
import {docsOf, ruleNames} from './source-comments.ts'

it('knows every rule there is', () => {
  expect([...builtIn.keys()]).toEqual(ruleNames)
})

// The examples in a rule's opening comment are its tests.
describe.each(ruleNames)('%s', (name) => {
  const docs = docsOf(name)
  const rule = builtIn.get(name)!

  it('is documented', () => {
    expect(docs.text.length).toBeGreaterThan(80)
    expect(docs.examples.length).toBeGreaterThan(0)
    const schema = rule.schema ?? {}
    expect(Object.keys(schema)).toEqual(Object.keys(rule.options))
    for (const {description} of Object.values(schema)) expect(description).toMatch(/^[A-Z].*\.$/)
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
      expect(messagesOf(result).filter((line) => line.startsWith('page.md'))).toEqual(expected)
      expect(title.startsWith('not ok')).toBe(expected.length > 0)
    },
  )
})
