/** Prints what the changelog says of a version: `node scripts/release-notes.js <version>`. */
import {readFileSync} from 'node:fs'

const [version] = process.argv.slice(2)
const sections = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m)
const section = sections.find((each) => each.startsWith(`[${version}]`))
const text = section
  ?.split('\n')
  .slice(1)
  .filter((line) => !/^\[[^\]]+\]: /.test(line))
  .join('\n')
  .trim()
if (text) console.log(text)
else {
  console.error(
    `CHANGELOG.md: No section "## [${version}]": name it instead of "Unreleased" before the release`,
  )
  process.exitCode = 1
}
