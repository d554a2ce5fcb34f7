import {type CiSettings, command, installing} from './ci.ts'
import type {FilePlan} from './file-change.ts'
import {insertYaml} from './insert-yaml.ts'
import {ManualEdit} from './manual-edit.ts'
import {anyRunsDoccheck} from './runs-doccheck.ts'
import {dataOf} from './yaml.ts'

const FILE = '.gitlab-ci.yml'

/** Pipelines for merge requests and the default branch. */
const RULES = [
  {if: '$CI_PIPELINE_SOURCE == "merge_request_event"'},
  {if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH'},
]

/** Top-level keys that are not jobs. https://docs.gitlab.com/ci/yaml/#global-keywords */
const KEYWORDS = [
  'after_script',
  'before_script',
  'cache',
  'default',
  'image',
  'include',
  'services',
  'spec',
  'stages',
  'variables',
  'workflow',
]

/**
 * A GitLab job that checks merge requests and branches, with a report that GitLab shows in the diff. It joins the pipelines
 * that the other jobs run in: a job for merge requests beside jobs for branches would give each push two pipelines.
 */
export const gitlabJob = (settings: CiSettings): FilePlan => ({
  file: FILE,
  make: (before = '') => addJob(before, settings),
})

function addJob(before: string, settings: CiSettings): string | undefined {
  const data = dataOf(before)
  const jobs = Object.entries(data).filter(([name]) => !KEYWORDS.includes(name))
  if (jobs.some(([, job]) => anyRunsDoccheck(scriptsOf(job)))) return
  const {job, workflow} = plan(
    data,
    jobs.map(([, each]) => each),
    settings,
  )
  const base = workflow ? insertYaml(before, FILE, {path: [], key: 'workflow', value: workflow}) : before
  if (Object.hasOwn(data, 'doccheck')) throw new ManualEdit(`${FILE} has another job named doccheck`, [])
  return insertYaml(base, FILE, {path: [], key: 'doccheck', value: job})
}

function plan(data: Record<string, unknown>, jobs: readonly unknown[], settings: CiSettings) {
  const {stages, include, workflow} = data
  const job = {
    ...(Array.isArray(stages) && !stages.includes('test') && {stage: stages[0]}),
    ...jobFor(settings),
  }
  const hasRules = typeof workflow === 'object' && workflow !== null && 'rules' in workflow
  // Rules of the workflow hold for all jobs without rules of their own.
  if (hasRules) return {job}
  if (jobs.length === 0 && include === undefined && workflow === undefined)
    return {job, workflow: {rules: RULES}}
  const forMergeRequests = /merge_request_event|CI_MERGE_REQUEST_|"merge_requests"/.test(JSON.stringify(jobs))
  // Without rules, a job runs for branches and tags.
  return {job: forMergeRequests ? {...job, rules: RULES} : job}
}

function jobFor(settings: CiSettings) {
  return {
    image: 'node:22',
    timeout: '10 minutes',
    variables: {GIT_DEPTH: 0},
    script: [
      'since=$CI_MERGE_REQUEST_DIFF_BASE_SHA',
      'if [ "${CI_COMMIT_BRANCH:-$CI_DEFAULT_BRANCH}" != "$CI_DEFAULT_BRANCH" ]; then since=origin/$CI_DEFAULT_BRANCH; fi',
      installing(settings.version),
      `${command(settings)} \${since:+"--since=$since"} --reporter text --reporter gitlab:gl-code-quality-report.json`,
    ],
    artifacts: {when: 'always', reports: {codequality: 'gl-code-quality-report.json'}},
  }
}

/** The scripts of a job. */
const scriptsOf = (job: unknown): unknown =>
  typeof job === 'object' && job !== null && !Array.isArray(job)
    ? ['before_script', 'script', 'after_script'].map((name) => (job as Record<string, unknown>)[name])
    : undefined
