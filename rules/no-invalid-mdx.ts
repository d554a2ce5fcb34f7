/**
 * Reports MDX that cannot be parsed, at which the build of the site stops.
 *
 * Pages of Docusaurus 3, Starlight and other sites of Astro are checked, if no plugin extends their syntax. In MDX, `<` and
 * `{` begin code: in text, they are written `\<` and `\{`. HTML comments and autolinks such as `<https://example.org>` are
 * mistakes, too; Docusaurus alone allows the comments.
 *
 * @example ok
 * The sites of other generators are left alone: 1 <2
 */
import {defineRule} from '../src/rule/define-rule.ts'

export default defineRule(
  {name: 'no-invalid-mdx', needs: 'site', severity: 'error', options: {}},
  ({path, mdxProblem}, {report, site}) => {
    // Others, such as drafts, may be left out of the build.
    if (mdxProblem && site.urlsOf(path).length > 0) report(mdxProblem)
  },
)
