/** The command, as a word of a shell script: `npx doccheck-cli@1.0.0`, `node_modules/.bin/doccheck`; not `doccheck-foo`. */
const COMMAND = /(?:^|[\s;&|(/'"`])doccheck(?:-cli)?(?:@[\w.-]+)?(?=$|[\s;&|)'"`])/m

/** Does a shell script run doccheck? */
export const runsDoccheck = (script: string): boolean => COMMAND.test(script.replace(/(^|\s)#.*$/gm, '$1'))

/** Does any of the texts in nested lists and mappings run doccheck? */
export function anyRunsDoccheck(value: unknown): boolean {
  if (typeof value === 'string') return runsDoccheck(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(anyRunsDoccheck)
}
