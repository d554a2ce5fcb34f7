export {builtIn} from '../rules/index.ts'
export {defineConfig} from './config/config.ts'
export type {Config, RuleSetting} from './config/schema.ts'
export type {SiteConfig} from './config/site-schema.ts'
export {check} from './engine/check.ts'
export type {CheckInput, CheckResult, PageResult, RuleFinding} from './engine/types.ts'
export {UnreadableError, UserError} from './errors/errors.ts'
export type {Page} from './page/types.ts'
export type {HostConfig, RemoteConfig} from './remote/schema.ts'
export type {RemoteFact, Verdict} from './remote/types.ts'
export {defineRule, type RulePlugin} from './rule/define-rule.ts'
export type {
  Finding,
  Rule,
  RuleContext,
  RuleMeta,
  Severity,
  SiteView,
  Target,
} from './rule/types.ts'
export {
  definePlatform,
  type PlatformDefinition,
  type PlatformDescription,
  type PlatformFolders,
  type PlatformPlugin,
  type PlatformSite,
} from './site/define-platform.ts'
export type {DescribedRoutes, Description, IdRule} from './site/description.ts'
export type {Resolution, Site} from './site/types.ts'
export type {Span} from './text/span.ts'
export {diskTree} from './tree/disk.ts'
export type {Tree} from './tree/tree.ts'
