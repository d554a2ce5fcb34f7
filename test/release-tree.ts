import {execFileSync} from 'node:child_process'
import {ENV} from './repository.ts'

/** Write what a release consists of to a folder. @throws if it cannot be written */
export function writeReleaseTree(folder: string): void {
  execFileSync(process.execPath, ['scripts/release-tree.js', folder], {env: ENV, stdio: 'pipe'})
}

/** Make a folder a repository with one commit. */
export function commitAll(folder: string): void {
  const git = (...words: string[]) => execFileSync('git', words, {cwd: folder, env: ENV})
  git('init', '-q', '-b', 'release')
  git('add', '--all', '--force')
  git('-c', 'user.name=A', '-c', 'user.email=a@example.org', 'commit', '-q', '-m', 'v1')
}
