import {joinPath} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import {type Doubt, doubt} from '../../doubts.ts'

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/
const BUILDS = /\bjekyll build\b|\bjekyll-build-pages\b/
/** An action in the tree. */
const LOCAL_ACTION = /\buses:[ \t]*['"]?\.\/([\w./-]+)/g
/** The repository that `actions/checkout` is given; an expression is the repository itself or a fork of it. */
const REPOSITORY = /^[ \t]*repository:[ \t]*['"]?[\w.-]+\/[\w.-]/m
const COPIES = /\b(?:cp|mv|rsync)[ \t]/

/** The doubt that the workflows of a repository raise if one builds the site with files from another repository. */
export async function whyCopied(tree: Tree): Promise<Doubt | undefined> {
  const read = (file: string) => (tree.files.has(file) ? tree.read(file).catch(() => '') : '')
  for (const file of tree.files) {
    const workflow = WORKFLOW.test(file) ? await read(file) : ''
    if (!BUILDS.test(workflow)) continue
    const actions = new Set([...workflow.matchAll(LOCAL_ACTION)].map(([, folder]) => joinPath('', folder!)))
    const files = [...actions].flatMap((folder) => [`${folder}/action.yml`, `${folder}/action.yaml`])
    const steps = [workflow, ...(await Promise.all(files.map(read)))]
    if (steps.some(copiesRepository)) return doubt('copied-files')
  }
  return undefined
}

/** Do the steps check out a repository by its name, and copy files? */
const copiesRepository = (steps: string): boolean =>
  steps.includes('actions/checkout@') && REPOSITORY.test(steps) && COPIES.test(steps)
