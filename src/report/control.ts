import type {Root} from 'mdast'
import remarkLint from 'remark-lint'
import {type Plugin, unified} from 'unified'
import {visit} from 'unist-util-visit'
import type {VFile} from 'vfile'
import {parse, parserPlugin} from '../page/parse.ts'

/**
 * Take away the messages that `<!-- lint disable … -->` and `<!-- lint ignore … -->` comments switch off; remark-lint
 * itself decides which.
 *
 * @param unused Report comments that switch nothing off, with this weight.
 */
export async function control(
  file: VFile,
  text: string,
  unused: 'warn' | 'error' | undefined,
): Promise<void> {
  const tree = parse(text)
  // remark-lint takes all behind the last leaf for generated, so that a message on the target of a last link would be
  // lost; an empty leaf at the very end leaves nothing behind it.
  const end = tree.position?.end
  if (end) tree.children.push({type: 'html', value: '', position: {start: end, end}})
  // A comment that never ends is none, and remark-lint would look for an end from each of its words.
  visit(tree, 'html', (node) => {
    if (!node.value.includes('-->')) node.value = ''
  })
  file.value = text
  const before = [...file.messages]
  await unified()
    .use(parserPlugin)
    .use(remarkLint as Plugin<[], Root>)
    .run(tree, file)
  if (unused) reportUnused(file, tree, before, unused)
  file.value = ''
}

const MARKER = /<!--\s*lint\s+(disable|ignore)\b([^>]*?)-->/g

/** A comment is unused when no message that went away stood behind it and bore one of its rules. */
function reportUnused(file: VFile, tree: Root, before: VFile['messages'], weight: 'warn' | 'error'): void {
  const gone = before.filter((message) => !file.messages.includes(message))
  const markers: {start: number; rules: string[]; kind: string; used: boolean}[] = []
  visit(tree, 'html', (node) => {
    for (const match of node.value.matchAll(MARKER))
      markers.push({
        start: (node.position?.start.offset ?? 0) + match.index,
        rules: match[2]!.trim().split(/\s+/).filter(Boolean),
        kind: match[1]!,
        used: false,
      })
  })
  for (const message of gone) {
    const at = message.place && 'start' in message.place ? message.place.start.offset : message.place?.offset
    const last = markers.findLast(
      ({start, rules}) => start <= (at ?? 0) && (rules.length === 0 || rules.includes(message.ruleId ?? '')),
    )
    if (last) last.used = true
  }
  for (const {start, kind, used} of markers) {
    if (used) continue
    const before = file.value.toString().slice(0, start).split('\n')
    const point = {line: before.length, column: before.at(-1)!.length + 1, offset: start}
    const added = file.message(`Unexpected \`lint ${kind}\` comment that switches nothing off`, {
      place: point,
      ruleId: 'unused-disable',
      source: 'doccheck',
    })
    added.fatal = weight === 'error'
  }
}
