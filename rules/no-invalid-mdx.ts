/**
 * Reports MDX that cannot be parsed, which makes the build of the site fail.
 *
 * Pages of Docusaurus 3, Starlight and other Astro sites are checked, unless a plugin extends their syntax. In MDX, `<` and
 * `{` begin code: in text, write `\<` and `\{`. HTML comments and autolinks such as `<https://example.org>` are errors as
 * well; only Docusaurus allows the comments.
 *
 * @example ok
 * Where no build is known to read the page as MDX, this is text: 1 <2
 */
import {defineRule} from '../src/rule/define-rule.ts'

export default defineRule(
  {name: 'no-invalid-mdx', needs: 'site', severity: 'error', options: {}},
  ({path, mdxProblem}, {report, site}) => {
    // Others, such as drafts, may be left out of the build.
    if (mdxProblem && site.urlsOf(path).length > 0) report(mdxProblem)
  },
)
