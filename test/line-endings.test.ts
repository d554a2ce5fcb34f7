import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {globbySync} from 'globby'
import {expect, it} from 'vitest'
import {copyOf, doccheck} from './run-doccheck.ts'

const filesOf = (root: string) => globbySync('**', {cwd: root, dot: true}).sort()
const read = (root: string, file: string) => readFileSync(path.join(root, file), 'latin1')
const isText = (text: string) => !text.includes('\0')
const windows = (text: string) => text.replace(/(?<!\r)\n/g, '\r\n')

/** The findings of a folder, and the texts of its files after they are fixed. */
async function judged(root: string) {
  const args = ['--offline', '--test-data']
  const {out} = await doccheck(root, [...args, '--reporter', 'json'])
  const {code} = await doccheck(root, [...args, '--fix', '--unsafe'])
  const files = filesOf(root).map((file) => [file, read(root, file)] as const)
  return {findings: JSON.parse(out).map(shape), code, files: new Map(files)}
}

interface Shape {
  path: string
  messages: {reason: string; line: number; column: number; endLine: number; endColumn: number}[]
}

const shape = ({path: file, messages}: Shape) => [
  file,
  messages.map(({reason, line, column, endLine, endColumn}) => [reason, line, column, endLine, endColumn]),
]

// Git on Windows writes line endings of two characters, in configurations as in pages.
it.each(readdirSync('fixtures', {withFileTypes: true}).filter((entry) => entry.isDirectory()))(
  '$name: findings and repairs are the same with the line endings of Windows',
  async ({name}) => {
    const [plain, converted] = [copyOf(`fixtures/${name}`), copyOf(`fixtures/${name}`)]
    for (const file of filesOf(converted)) {
      const text = read(converted, file)
      if (isText(text)) writeFileSync(path.join(converted, file), windows(text), 'latin1')
    }
    const [expected, found] = [await judged(plain), await judged(converted)]
    expect(found.findings).toEqual(expected.findings)
    expect(found.code).toBe(expected.code)
    for (const [file, text] of expected.files)
      expect(found.files.get(file), file).toBe(isText(text) ? windows(text) : text)
    expect(found.files.size).toBe(expected.files.size)
  },
)
