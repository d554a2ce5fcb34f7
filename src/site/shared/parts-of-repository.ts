/** The first segments after `/owner/repository/` on github.com that stand for a part of the repository, not a file. */
export const PARTS_OF_A_REPOSITORY: ReadonlySet<string> = new Set(
  (
    'actions activity archive blame blob branches codespaces commit commits compare community contributors ' +
    'dependabot deployments discussions edit environments fork forks graphs issues labels milestone milestones ' +
    'network new packages people projects pull pulls pulse raw releases search security settings stargazers ' +
    'subscription suites tags tree watchers wiki'
  ).split(' '),
)
