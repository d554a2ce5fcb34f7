import type {FilePlan} from './file-change.ts'

/** Settings of the CI job. */
export interface CiSettings {
  /** The version of doccheck to install. */
  version: string
  /** The repository's configuration is JavaScript, so that checking means running it. */
  runsConfig: boolean
}

/** The command that installs doccheck: globally, since npm then ignores the `.npmrc` of the checkout, which the change may have edited. */
export const installing = (version: string) => `npm install --global --ignore-scripts doccheck-cli@${version}`

/** The command that checks a change, which may come from a stranger. */
export const command = ({runsConfig}: CiSettings) =>
  `doccheck --offline${runsConfig ? '' : ' --no-config-code'}`

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
