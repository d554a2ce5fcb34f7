// A copy of a tree to break links in, with the tree's history.
import {execFileSync} from 'node:child_process'
import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {originOf} from './repository.js'

const MARK = '\uFEFF'

export class Copy {
  root
  #first

  /** @param files The paths of the files to copy: those that Git tracks or would add. */
  constructor(tree, files) {
    const folder = mkdtempSync(path.join(tmpdir(), 'doccheck-planted-'))
    process.on('exit', () => rmSync(folder, {recursive: true, force: true}))
    // Some rules look at the name of the folder.
    this.root = path.join(folder, path.basename(tree))
    // Only the objects are shared, and those are never changed.
    if (existsSync(path.join(tree, '.git'))) {
      execFileSync('git', ['clone', '-q', '--shared', '--no-checkout', tree, this.root])
      this.#git('reset', '-q')
      // URLs of the repository are known by its address.
      const origin = originOf(tree)
      if (origin) this.#git('remote', 'set-url', 'origin', origin)
      for (const submodule of this.#submodules())
        mkdirSync(path.join(this.root, submodule), {recursive: true})
    } else {
      mkdirSync(this.root)
      this.#git('init', '-q')
    }
    for (const file of files)
      cpSync(path.join(tree, file), path.join(this.root, file), {recursive: true, verbatimSymlinks: true})
    this.#commit()
    this.#first = this.#git('rev-parse', 'HEAD').trim()
  }

  #git(...words) {
    return execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words], {
      cwd: this.root,
      encoding: 'utf8',
      maxBuffer: 1e9,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  }

  /** Submodules stay, empty: doccheck does not judge links into them. */
  #submodules() {
    const entries = this.#git('ls-files', '-s', '-z').split('\0')
    return entries
      .filter((entry) => entry.startsWith('160000'))
      .map((entry) => entry.slice(entry.indexOf('\t') + 1))
  }

  #commit() {
    this.#git('add', '--all')
    this.#git('commit', '-q', '--no-verify', '--allow-empty', '-m', 'docs')
  }

  /** Undo all breaks. */
  reset() {
    this.#git('reset', '-q', '--hard', this.#first)
  }

  /**
   * Make breaks and commit them, as they stand in real trees.
   *
   * @returns The function that turns an offset of a file into the one after the edits.
   */
  plant({edits, removed}) {
    for (const file of removed.keys()) rmSync(path.join(this.root, file))
    const byFile = new Map()
    for (const {link, broken} of edits)
      byFile.set(link.file, [...(byFile.get(link.file) ?? []), {...link, broken}])
    for (const [file, own] of byFile) {
      own.sort((a, b) => a.start - b.start)
      this.#edit(file, own)
    }
    this.#commit()
    return (file, offset) =>
      (byFile.get(file) ?? []).reduce(
        (moved, {start, url, broken}) => (start < offset ? moved + broken.length - url.length : moved),
        offset,
      )
  }

  #edit(file, edits) {
    const whole = readFileSync(path.join(this.root, file), 'utf8')
    const mark = whole.startsWith(MARK) ? MARK : ''
    const source = whole.slice(mark.length)
    let text = mark
    let done = 0
    for (const {start, end, broken} of edits) {
      text += source.slice(done, start) + broken
      done = end
    }
    writeFileSync(path.join(this.root, file), text + source.slice(done))
  }
}
