import type {FilePlan} from './file-change.ts'
import {addJob} from './yaml.ts'

/** Settings of the CI job. */
export interface CiSettings {
  /** The version of doccheck to install. */
  version: string
  /** The repository's configuration is JavaScript, so that checking means running it. */
  runsConfig: boolean
}

/** Globally, since npm then ignores the `.npmrc` of the checkout, which the change may have edited. */
const installing = (version: string) => `npm install --global --ignore-scripts doccheck-cli@${version}`

/** The command that checks a change, which may come from a stranger. */
const command = ({runsConfig}: CiSettings) => `doccheck --offline${runsConfig ? '' : ' --no-config-code'}`

/** A GitHub workflow that checks pull requests, and remote links once a week. */
export const githubWorkflow = (settings: CiSettings): FilePlan => ({
  file: '.github/workflows/doccheck.yml',
  make: () => `name: doccheck
on:
  pull_request:
  schedule:
    - cron: '17 5 * * 1'
permissions:
  contents: read
jobs:
  # Problems that the pull request introduces, in any file.
  change:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@v6
      - uses: actions/setup-node@v6
        with:
          node-version: 22
      # Globally, so that npm ignores the \`.npmrc\` of the pull request.
      - run: ${installing(settings.version)}
      - run: ${command(settings)} --since "$BASE" --reporter github --reporter text
        env:
          BASE: \${{ github.event.pull_request.base.sha }}
  # Remote links and images that have stopped working.
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
      # Saved even if problems were found.
      - if: always()
        uses: actions/cache/save@v5
        with:
          path: ~/.cache/doccheck
          key: doccheck-\${{ github.run_id }}
`,
})

/** A GitLab job that checks merge requests, with a report that GitLab shows in the diff. */
export const gitlabJob = (settings: CiSettings): FilePlan => ({
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
