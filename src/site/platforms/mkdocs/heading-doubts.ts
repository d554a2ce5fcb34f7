import type {Heading} from '../../../page/types.ts'
import {type Pattern, wildcard} from '../../../pattern/wildcard.ts'
import {uncertainId} from '../../shared/anchors.ts'
import {templateHeadingDoubts} from '../../shared/uncertain-headings.ts'
import type {AnchorDoubt} from '../../types.ts'
import type {MkdocsConfig} from './config.ts'

/** A symbol at the start or end of a heading, with a space beside it. */
const EDGES = /^[^\p{L}\p{N}_\-\s]+\s|\s[^\p{L}\p{N}_\-\s]+$/u

/** The headings whose ids are uncertain: each doubt is about the ids that its heading may have. */
export function doubtsAboutHeadings(headings: readonly Heading[], config: MkdocsConfig): AnchorDoubt[] {
  const ofTemplates = config.rendersTemplates ? templateHeadingDoubts(headings) : []
  return [
    ...ofTemplates,
    ...headings.flatMap((heading) => {
      if (heading.html) return []
      const texts = otherTexts(heading, config)
      return texts.length === 0 ? [] : [{...uncertainId(heading), covers: coversIdsOf(texts, config)}]
    }),
  ]
}

/** Other texts that a heading may have where ids are made, in each of which `*` stands for anything. */
function otherTexts({text}: Heading, {pymdown, replaced}: MkdocsConfig): string[][] {
  const texts: string[][] = []
  if (replaced?.test(text)) texts.push(text.split(new RegExp(replaced, 'gi')))
  // `&copy; 2024` loses its first space, `© 2024` does not, and only the source tells them apart.
  if (pymdown && EDGES.test(text))
    texts.push([text.replace(/^[^\p{L}\p{N}_\-\s]+\s+|\s+[^\p{L}\p{N}_\-\s]+$/gu, '')])
  return texts
}

/**
 * Create a test of whether a heading with one of some texts may have an id, numbered or not.
 *
 * @param texts Each text in parts, with unknown text between them.
 */
export function coversIdsOf(
  texts: readonly (readonly string[])[],
  {slug}: Pick<MkdocsConfig, 'slug'>,
): (fragment: string) => boolean {
  const patterns: Pattern[] = texts.map((parts) => wildcard(parts.map(slug).join('*').replaceAll('-*', '*')))
  return (fragment) => {
    const plain = fragment.replace(/_\d+$/, '')
    return patterns.some((pattern) => pattern.test(fragment) || pattern.test(plain))
  }
}
