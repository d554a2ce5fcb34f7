/**
 * Adds a part to doccheck: `node scripts/new.js rule|platform|reporter <name>`, in kebab case.
 *
 * Writes a working skeleton with its test and fixture, registers it, and refreshes what is generated. A platform may be
 * followed by the file that its sites are detected by: `npm run new:platform bridgetown bridgetown.config.yml`.
 */
import {addPlatform} from './new/platform.js'
import {addReporter} from './new/reporter.js'
import {addRule} from './new/rule.js'
import {run, Sources} from './new/sources.js'

const KINDS = {rule: addRule, platform: addPlatform, reporter: addReporter}

const [kind = '', name = '', ...rest] = process.argv.slice(2)
if (!Object.hasOwn(KINDS, kind) || !/^[a-z][a-z\d]*(?:-[a-z\d]+)*$/.test(name)) {
  console.error(
    'Usage: npm run new:rule|new:reporter <name>, or npm run new:platform <name> <file>, with a name in kebab case',
  )
  process.exit(2)
}
try {
  const sources = new Sources()
  const tests = KINDS[kind](sources, name, ...rest)
  sources.write()
  run('npm', ['run', 'generate'])
  run('npx', ['vitest', 'run', ...tests, '--update'])
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
