import {expect, it, vi} from 'vitest'

// Paths as on Windows: with backslashes, and a root for each drive.
vi.mock('node:path', async (original) => {
  const {win32} = await original<typeof import('node:path')>()
  return {...win32, default: win32}
})

const {isInside} = await import('../src/tree/inside.ts')
const {pathFrom} = await import('../src/run/setup.ts')
const {findTargets, targetsIn, pagesOf} = await import('../src/run/targets.ts')
const {virtualTree} = await import('./virtual-tree.ts')

it('a folder holds what is below it on its drive, in any letter case', () => {
  expect(isInside('C:\\docs', 'c:\\Docs\\a.md')).toBe(true)
  expect(isInside('C:\\', 'C:\\docs')).toBe(true)
  expect(isInside('C:\\docs', 'D:\\docs\\a.md')).toBe(false)
  expect(isInside('C:\\docs', 'C:\\docs-old\\a.md')).toBe(false)
  expect(isInside('\\\\host\\share', '\\\\host\\share\\a.md')).toBe(true)
})

it('paths in a tree have slashes', async () => {
  expect(pathFrom('C:\\repo')('C:\\repo\\docs\\a.md')).toBe('docs/a.md')
  expect(pathFrom('C:\\repo\\docs')('C:\\repo\\a.md')).toBe('../a.md')
  const files = virtualTree({'docs/a.md': '', 'docs/b/c.md': '', 'd.md': ''})
  const named = await findTargets(['docs\\a.md', 'docs\\b'], 'C:\\repo', true)
  const targets = targetsIn({...named, root: 'C:\\repo'}, files, 'C:\\repo')
  expect(pagesOf(targets, files)).toEqual(['docs/a.md', 'docs/b/c.md'])
})

it('paths on several drives are no tree', async () => {
  await expect(findTargets(['C:\\a.md', 'D:\\b.md'], 'C:\\repo', true)).rejects.toThrow(
    'C:\\ and D:\\ are on different drives; check them one after the other',
  )
})
