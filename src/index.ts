export {type CheckInput, type CheckResult, check, type PageResult, type RuleFinding} from './check.ts'
export {type Config, defineConfig, type RuleSetting} from './config/config.ts'
export {defineRule, type RulePlugin} from './define-rule.ts'
export {UnreadableError, UserError} from './errors.ts'
export type {Page} from './page/facts.ts'
export type {HostConfig, RemoteConfig} from './remote/settings.ts'
export type {
  Finding,
  RemoteFact,
  Rule,
  RuleContext,
  RuleMeta,
  Severity,
  SiteView,
  Span,
  Target,
  Verdict,
} from './rule.ts'
export {builtIn} from './rules.ts'
export type {Resolution, Site} from './site/site.ts'
export {diskTree} from './tree/disk.ts'
export type {Tree} from './tree/tree.ts'
