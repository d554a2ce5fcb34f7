export {applyFixes, type FixedText} from './api/apply-fixes.ts'
export {
  type CheckOptions,
  type CheckTextOptions,
  Doccheck,
  type FileConfig,
  type FormatOptions,
} from './api/doccheck.ts'
export type {DoccheckOptions} from './api/options.ts'
export type {CheckResults, FileFinding, FileResult, FindingFix} from './api/results.ts'
export type {RuleInfo} from './api/rules.ts'
export type {RuleSetting} from './config/schema.ts'
export type {SiteConfig} from './config/site-schema.ts'
export {type Config, defineConfig} from './config/user-config.ts'
export {UserError} from './errors/errors.ts'
export type {Page} from './page/types.ts'
export type {HostConfig, RemoteConfig} from './remote/schema.ts'
export type {RemoteFact, Verdict} from './remote/types.ts'
export {defineRule, type RulePlugin} from './rule/define-rule.ts'
export type {
  Finding,
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
export type {Resolution} from './site/types.ts'
export type {Edit, Span} from './text/span.ts'
