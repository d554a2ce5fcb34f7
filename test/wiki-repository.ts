import {git} from './repository.ts'
import {folder} from './run-doccheck.ts'

/** A repository with these files, as if it were cloned. */
export async function wikiRepository(files: Record<string, string>, origin: string): Promise<string> {
  const root = folder(files)
  await git(root, 'init', '-q')
  await git(root, 'remote', 'add', 'origin', origin)
  await git(root, 'add', '--all')
  return root
}

/** Commit all files. */
export async function commit(root: string): Promise<void> {
  await git(root, 'add', '--all')
  await git(root, '-c', 'user.name=A', '-c', 'user.email=a@example.org', 'commit', '-qm', 'x')
}
