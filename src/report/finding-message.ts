import type {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import type {RuleFinding} from '../engine/types.ts'
import type {Fix, Target} from '../rule/types.ts'
import {pointAt} from '../text/lines.ts'
import {RULE_SOURCE} from './comments/directives.ts'

declare module 'vfile-message' {
  interface VFileMessage {
    /** The edits that resolve it. */
    fix?: Fix
    /** The file, fragment, label or URL it is about, verbatim: reporters escape it. */
    target?: Target
    /** The files that the reason names, by their paths from the root, in order of appearance. */
    paths?: readonly string[]
    /** The remote URL that it is about, verbatim: not for reports. */
    asked?: string
    /** The reason for which it is likely but not certain. */
    likely?: string
    /** The age of the verdict behind it, if an earlier run found that: `40 minutes ago`. */
    seen?: string
    /** The change that caused it: `docs/a.md was renamed to docs/b.md in this change`. */
    change?: string
    /** The files that the change names, like {@link paths}. */
    changePaths?: readonly string[]
  }
}

/** The severity of a message, from its `fatal` flag. */
export function severityOf({fatal}: VFileMessage): 'error' | 'warning' | 'info' {
  return fatal ? 'error' : fatal === false ? 'warning' : 'info'
}

/** The reason of a message without evidence and age, which differ from run to run. */
export function withoutEvidence({
  reason,
  likely,
  seen,
}: {
  reason: string
  likely?: string | undefined
  seen?: string | undefined
}): string {
  const parts = [likely !== undefined && ` (likely: ${likely})`, seen !== undefined && ` (seen ${seen})`]
  return parts.reduce<string>((left, part) => (part ? left.replace(part, () => '') : left), reason)
}

/**
 * Adds a finding to a file as a message. Offsets become lines and columns here and nowhere else.
 *
 * @param lines The UTF-16 offsets at which the page's lines start.
 * @param url The page about the finding's rule.
 */
export function addFinding(
  file: VFile,
  lines: Uint32Array,
  finding: RuleFinding,
  url: string | undefined,
): VFileMessage {
  const {start, end, message, rule, ruleSeverity, severity, fix, target, paths, likely, seen, asked} = finding
  const place = {start: pointAt(lines, start), end: pointAt(lines, end)}
  const added = file.message(message, {place, ruleId: rule, source: RULE_SOURCE})
  added.fatal = severity === 'info' ? null : (severity ?? ruleSeverity) === 'error'
  if (url !== undefined) added.url = url
  if (fix) added.fix = fix
  if (target) added.target = target
  if (asked !== undefined) added.asked = asked
  if (likely !== undefined) added.likely = likely
  if (seen !== undefined) added.seen = seen
  if (paths) added.paths = paths
  const expected = expectedOf(finding)
  if (expected) added.expected = [...expected]
  return added
}

/** The replacements for a finding's text, best first: its own, or that of a fix that replaces exactly this text. */
export function expectedOf({start, end, expected, fix}: RuleFinding): string[] | undefined {
  const inPlace = fix?.edits.length === 1 && fix.edits[0]!.start === start && fix.edits[0]!.end === end
  return expected ?? (inPlace ? [fix.edits[0]!.text] : undefined)
}
