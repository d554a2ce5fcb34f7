import {copyFileSync, existsSync, mkdirSync} from 'node:fs'
import path from 'node:path'
import {git} from './repository.ts'

/** Copies some of the files that this repository consists of, committed or not. */
export async function copyTracked(to: string, files: string[]): Promise<void> {
  const listed = await git(
    '.',
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    ...files,
  )
  for (const file of new Set(listed.split('\0').filter((each) => existsSync(each) && each))) {
    mkdirSync(path.dirname(path.join(to, file)), {recursive: true})
    copyFileSync(file, path.join(to, file))
  }
}
