import {folderOf, isAtOrBelow, joinPath, nameOf} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import {type Doubt, doubt} from '../../doubts.ts'

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/
const BUILDS = /\bjekyll build\b|\bjekyll-build-pages\b/
/** An action in the tree. */
const LOCAL_ACTION = /\buses:[ \t]*['"]?\.\/([\w./-]+)/g
/** The repository that `actions/checkout` is given; an expression is the repository itself or a fork of it. */
const REPOSITORY = /^[ \t]*repository:[ \t]*['"]?[\w.-]+\/[\w.-]/m
/** The folder that it is checked out to, below the repository itself. */
const CHECKOUT = /^[ \t]*path:[ \t]*['"]?([\w./-]*\w)/gm
const COPIES = /\b(?:cp|mv|rsync)[ \t]([^\n|;&]*)/g
/** The folder of the repository, as steps name it. */
const WORKSPACE = /^(?:\$\{?GITHUB_WORKSPACE\}?|\$\{\{\s*github\.workspace\s*\}\})\/?/
const MOVES_AWAY = /\bcd[ \t]|\bworking-directory:/

/** The reason why a workflow may copy a file to a path that the tree lacks, if it may. */
export type Copied = (path: string) => Doubt | undefined

/** What the workflows of a repository may copy; undefined if none builds the site with files from another repository. */
export async function readCopied(tree: Tree): Promise<Copied | undefined> {
  const read = (file: string) => (tree.files.has(file) ? tree.read(file).catch(() => '') : '')
  for (const file of tree.files) {
    const workflow = WORKFLOW.test(file) ? await read(file) : ''
    if (!BUILDS.test(workflow)) continue
    const actions = new Set([...workflow.matchAll(LOCAL_ACTION)].map(([, folder]) => joinPath('', folder!)))
    const files = [...actions].flatMap((folder) => [`${folder}/action.yml`, `${folder}/action.yaml`])
    const steps = [workflow, ...(await Promise.all(files.map(read)))].filter(copiesRepository)
    if (steps.length > 0) return copiedTo(steps.map(destinationsIn), tree)
  }
  return undefined
}

/** Do the steps check out a repository by its name, and copy files? */
const copiesRepository = (steps: string): boolean =>
  steps.includes('actions/checkout@') && REPOSITORY.test(steps) && steps.search(COPIES) >= 0

/** Where steps copy files of the checked out repository to; undefined if that is not known. */
function destinationsIn(steps: string): string[] | undefined {
  const checkouts = [...steps.matchAll(CHECKOUT)].map(([, path]) => joinPath('', path!))
  const found = [...steps.matchAll(COPIES)].flatMap(([, words]) => {
    const paths = words!.split(/[ \t]+/).filter((word) => word !== '' && !word.startsWith('-'))
    const isCopy = paths.slice(0, -1).some((path) => checkouts.some((each) => path.includes(each)))
    return isCopy ? [destinationOf(paths.at(-1)!, steps)] : []
  })
  return found.length === 0 || found.includes(undefined) ? undefined : (found as string[])
}

/** `$GITHUB_WORKSPACE/pages/.` → `pages`; undefined for a path that is computed, or below a folder that is not known. */
function destinationOf(word: string, steps: string): string | undefined {
  const written = word.replace(/^(['"])(.*)\1$/, '$2')
  const path = written.replace(WORKSPACE, '')
  const isRelative = path === written && MOVES_AWAY.test(steps)
  const folder = /^[\w./-]+$/.test(path) && !path.startsWith('/') ? joinPath('', path) : ''
  return isRelative || folder === '' || folder.startsWith('..') ? undefined : folder.replace(/\/$/, '')
}

/** A folder with fewer files shows no rule for their names. */
const ENOUGH_FILES = 10

function copiedTo(destinations: readonly (string[] | undefined)[], {files, folders}: Tree): Copied {
  if (destinations.includes(undefined)) return () => doubt('copied-files')
  const known = destinations.flatMap((each) => each!)
  const shapes = new Map(
    known.map((folder) => {
      const own = [...files].filter((file) => folderOf(file) === folder)
      return [folder, own.length < ENOUGH_FILES ? undefined : new Set(own.map(shapeOf))]
    }),
  )
  return (path) => {
    const destination = known.find((each) => isAtOrBelow(path, each))
    if (destination === undefined) return
    const folder = folderOf(path)
    const names = shapes.get(folder)
    // The copied files are named like those beside them, and bring folders of their own.
    const isUnlike = names?.size === 1 && !names.has(shapeOf(path))
    const isInOther = folder !== destination && folders.has(folder) && !isPage(path)
    return isUnlike || isInOther ? doubt('code-pages', 'a workflow') : doubt('copied-files')
  }
}

const isPage = (path: string) => /\.(?:md|markdown|html?)$|(?:^|\/)[^./]*$/i.test(path)

/** `pages/lamp-12.md` → `lamp-#` */
const shapeOf = (path: string): string =>
  nameOf(path)
    .replace(/\.\w+$/, '')
    .replace(/\d+/g, '#')
