import type {Planned} from './plan.ts'
import {addJob} from './yaml.ts'

/** What CI is to run. */
export interface CiSettings {
  version: string
  /** The repository's configuration is a program. */
  runsConfig: boolean
}

/** A global package comes from where the user's npm takes packages from: no `.npmrc` of the checkout counts. */
const installing = (version: string) => `npm install --global --ignore-scripts doccheck-cli@${version}`

/** What a change is checked with: strangers may have written it. */
const command = ({runsConfig}: CiSettings) => `doccheck --offline${runsConfig ? '' : ' --no-config-code'}`

/** A workflow for GitHub: what a pull request breaks, and once a week what has broken by itself. */
export const githubWorkflow = (settings: CiSettings): Planned => ({
  file: '.github/workflows/doccheck.yml',
  make: () => `name: doccheck
on:
  pull_request:
  schedule:
    - cron: '17 5 * * 1'
permissions:
  contents: read
jobs:
  # What the pull request breaks, in files that it does not touch, too.
  change:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@v6
        with:
          fetch-depth: 0
      - uses: actions/setup-node@v6
        with:
          node-version: 22
      # Globally, where no \`.npmrc\` of the pull request counts.
      - run: ${installing(settings.version)}
      - run: ${command(settings)} --since "$BASE" --reporter github --reporter text
        env:
          BASE: \${{ github.event.pull_request.base.sha }}
  # What has broken by itself: remote links and images.
  remote:
    if: github.event_name == 'schedule'
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v6
      - uses: actions/setup-node@v6
        with:
          node-version: 22
      - uses: actions/cache/restore@v5
        with:
          path: ~/.cache/doccheck
          key: doccheck-\${{ github.run_id }}
          restore-keys: doccheck-
      - run: ${installing(settings.version)}
      - run: "doccheck --rule 'no-dead-link: error' --reporter github --reporter text"
      # Kept when there are findings, too.
      - if: always()
        uses: actions/cache/save@v5
        with:
          path: ~/.cache/doccheck
          key: doccheck-\${{ github.run_id }}
`,
})

/** A job for GitLab: what a merge request breaks, shown beside its changes. */
export const gitlabJob = (settings: CiSettings): Planned => ({
  file: '.gitlab-ci.yml',
  make: (before = '') =>
    addJob(before, '.gitlab-ci.yml', {
      image: 'node:22',
      timeout: '10 minutes',
      variables: {GIT_DEPTH: 0},
      rules: [
        {if: '$CI_PIPELINE_SOURCE == "merge_request_event"'},
        {if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH'},
      ],
      script: [
        installing(settings.version),
        `${command(settings)} \${CI_MERGE_REQUEST_DIFF_BASE_SHA:+--since=$CI_MERGE_REQUEST_DIFF_BASE_SHA} --reporter text --reporter gitlab:gl-code-quality-report.json`,
      ],
      artifacts: {when: 'always', reports: {codequality: 'gl-code-quality-report.json'}},
    }),
})
