import {describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import {gitlabJob} from '../src/cli/init/gitlab.ts'

const plan = gitlabJob({version: '1.2.3', runsConfig: false})

/** What starts pipelines, with the variables that GitLab sets. https://docs.gitlab.com/ci/variables/predefined_variables/ */
const EVENTS = {
  'push to the default branch': {CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main'},
  'push to a branch': {CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'topic'},
  'push to a branch with a merge request': {
    CI_PIPELINE_SOURCE: 'push',
    CI_COMMIT_BRANCH: 'topic',
    CI_OPEN_MERGE_REQUESTS: 'a/b!1',
  },
  'the same push, for the merge request': {
    CI_PIPELINE_SOURCE: 'merge_request_event',
    CI_MERGE_REQUEST_IID: '1',
    CI_MERGE_REQUEST_ID: '1',
    CI_OPEN_MERGE_REQUESTS: 'a/b!1',
  },
  tag: {CI_PIPELINE_SOURCE: 'push', CI_COMMIT_TAG: 'v1'},
}
type Event = keyof typeof EVENTS
type Variables = Record<string, string>

interface Rule {
  if?: string
  when?: string
}

/** Is an expression of `rules:if` true? Those of the examples: variables, strings, patterns, `&&` and `||`. */
function isTrue(expression: string, variables: Variables): boolean {
  const read = (word: string) => (word.startsWith('$') ? variables[word.slice(1)] : word.slice(1, -1))
  return expression.split('||').some((any) =>
    any.split('&&').every((part) => {
      const [left = '', operator, right = ''] = part.trim().split(/\s+(==|!=|=~)\s+/)
      if (operator === undefined) return Boolean(read(left))
      if (operator === '=~') return new RegExp(right.slice(1, -1)).test(read(left) ?? '')
      return (read(left) === read(right)) === (operator === '==')
    }),
  )
}

/** The first rule that matches decides; if none does, nothing runs. */
function allows(rules: readonly Rule[], variables: Variables): boolean {
  const rule = rules.find((each) => each.if === undefined || isTrue(each.if, variables))
  return rule !== undefined && rule.when !== 'never'
}

/** The jobs of the pipeline that an event starts; none if it starts none. By https://docs.gitlab.com/ci/yaml/ */
function jobsFor(text: string, event: Event): string[] {
  const {workflow, stages: _stages, ...jobs} = parse(text) as Record<string, Record<string, unknown>>
  const variables: Variables = {CI_DEFAULT_BRANCH: 'main', ...EVENTS[event]}
  const rules = workflow?.rules as Rule[] | undefined
  if (rules && !allows(rules, variables)) return []
  const isRequest = variables.CI_PIPELINE_SOURCE === 'merge_request_event'
  return Object.entries(jobs)
    .filter(([name, job]) => {
      if (name.startsWith('.')) return false
      if (job.rules) return allows(job.rules as Rule[], variables)
      if (job.only) {
        const kind = isRequest ? 'merge_requests' : variables.CI_COMMIT_TAG ? 'tags' : 'branches'
        return [job.only].flat().includes(kind)
      }
      // Without rules, those of the workflow decide, or it is as if `only: [branches, tags]` was there.
      return rules !== undefined || !isRequest
    })
    .map(([name]) => name)
}

const MERGE_REQUESTS = `workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
`

/** Files like those of GitLab's documentation. */
const FILES: Record<string, string> = {
  'jobs without rules': 'build:\n  script: make\n\ntest:\n  script: make test\n',
  'branch pipelines until there is a merge request':
    'workflow:\n  rules:\n    - if: $CI_PIPELINE_SOURCE == "merge_request_event"\n    - if: $CI_COMMIT_BRANCH && $CI_OPEN_MERGE_REQUESTS\n      when: never\n    - if: $CI_COMMIT_BRANCH\n\nbuild:\n  script: make\n',
  'merge request pipelines by the workflow': `${MERGE_REQUESTS}\nbuild:\n  script: make\n`,
  'branch pipelines by the workflow':
    'workflow:\n  rules:\n    - if: $CI_COMMIT_TAG\n    - if: $CI_COMMIT_BRANCH\n\nbuild:\n  script: make\n',
  'merge request pipelines by each job':
    'build:\n  script: make\n  rules:\n    - if: $CI_PIPELINE_SOURCE == "merge_request_event"\n    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH\n',
  'merge request pipelines by `only`': 'build:\n  script: make\n  only:\n    - merge_requests\n    - tags\n',
  'jobs with other rules':
    'build:\n  script: make\n  rules:\n    - if: $CI_COMMIT_BRANCH\n\ndeploy:\n  script: make deploy\n  rules:\n    - if: $CI_COMMIT_TAG\n',
  // https://docs.gitlab.com/ci/yaml/workflow/
  'pipelines for pushes only':
    'workflow:\n  rules:\n    - if: $CI_COMMIT_MESSAGE =~ /-draft$/\n      when: never\n    - if: $CI_PIPELINE_SOURCE == "push"\n\nbuild:\n  script: make\n',
  'no pipelines for pushes':
    'workflow:\n  rules:\n    - if: $CI_PIPELINE_SOURCE == "schedule"\n      when: never\n    - if: $CI_PIPELINE_SOURCE == "push"\n      when: never\n    - when: always\n\nbuild:\n  script: make\n',
  'Git Flow':
    'workflow:\n  rules:\n    - if: $CI_PIPELINE_SOURCE == "merge_request_event"\n    - if: $CI_COMMIT_TAG\n    - if: $CI_COMMIT_REF_PROTECTED\n\nbuild:\n  script: make\n',
  'a workflow without rules': 'workflow:\n  name: Pipeline\n\nbuild:\n  script: make\n',
}

describe.each(Object.entries(FILES))('%s', (_name, before) => {
  const after = plan.make(before)!

  it('keeps its bytes', () => expect(after.startsWith(before)).toBe(true))

  it.each(Object.keys(EVENTS) as Event[])('the job joins the others: %s', (event) => {
    const others = jobsFor(before, event)
    const all = jobsFor(after, event)
    expect(all.filter((name) => name !== 'doccheck')).toEqual(others)
    // A pipeline with this job alone may only start where a push has no other.
    const push: Event[] = ['push to a branch with a merge request', 'the same push, for the merge request']
    if (push.includes(event) && others.length === 0 && push.some((each) => jobsFor(before, each).length > 0))
      expect(all).toEqual([])
  })

  it('the job runs once for a push with a merge request', () => {
    const push: Event[] = ['push to a branch with a merge request', 'the same push, for the merge request']
    expect(push.filter((each) => jobsFor(after, each).includes('doccheck'))).toHaveLength(1)
  })
})

it('a new file has pipelines for merge requests and the default branch only', () => {
  const text = plan.make('')!
  expect(text.startsWith(MERGE_REQUESTS)).toBe(true)
  expect((Object.keys(EVENTS) as Event[]).filter((event) => jobsFor(text, event).length > 0)).toEqual([
    'push to the default branch',
    'the same push, for the merge request',
  ])
})

it('a file that only includes others keeps their workflow', () => {
  const before = 'include:\n  - template: Workflows/MergeRequest-Pipelines.gitlab-ci.yml\n'
  const text = plan.make(before)!
  expect(text.startsWith(before)).toBe(true)
  expect(Object.keys(parse(text))).toEqual(['include', 'doccheck'])
  expect(parse(text).doccheck).not.toHaveProperty('rules')
})

it('knows its job by what it runs, and leaves other jobs of its name alone', () => {
  expect(plan.make('docs:\n  script:\n    - npx doccheck-cli --offline\n')).toBeUndefined()
  expect(plan.make('# doccheck\nother:\n  script: ./doccheck-all\n')).toContain('doccheck:\n  image')
  expect(() => plan.make('doccheck:\n  script: other\n')).toThrow(
    '.gitlab-ci.yml has another job named doccheck',
  )
})
