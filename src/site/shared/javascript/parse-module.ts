import type {Program} from 'estree'
import {LARGEST_CONFIGURATION} from '../data.ts'
import {depthLimited} from './depth-limited-parser.ts'

const OPTIONS = {ecmaVersion: 'latest', sourceType: 'module', allowReturnOutsideFunction: true} as const

/**
 * Parse a module in JavaScript or TypeScript.
 *
 * @param file Its name, of which the extension says whether it contains JSX.
 * @returns undefined for code that is too large or has syntax errors
 */
export async function parseModule(code: string, file = ''): Promise<Program | undefined> {
  if (code.length > LARGEST_CONFIGURATION) return
  const {Parser} = await import('acorn')
  const {tsPlugin} = await import('@sveltejs/acorn-typescript')
  const jsx = /\.[jt]sx$/.test(file)
  try {
    return Parser.extend(tsPlugin({jsx}), depthLimited).parse(code, OPTIONS) as unknown as Program
  } catch {
    return
  }
}
