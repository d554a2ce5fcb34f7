import type {WikilinkSyntax} from '../../../page/wikilink-syntax.ts'
import {hashOf, withoutHash} from '../../../text/urls.ts'
import type {Resolution} from '../../types.ts'
import type {UrlParts} from '../local-url.ts'

/** The double brackets of wikis, which are replaced before tables are read: `[[text|page]]`, `[[image.png|alt=text]]`. */
export const WIKILINKS: WikilinkSyntax = {textFirst: true, spansCells: true}

/** A name as wikis write it in URLs, with hyphens for spaces; Gollum replaces `<`, `>` and `+`, too. */
export const hyphenated = (name: string): string => name.normalize('NFC').replace(/[\s<>+]/g, '-')

/**
 * Split what double brackets lead to or include, which is not percent-encoded: `Set up#My use` → `Set up` and `My-use`. Names
 * of pages may begin like a scheme: `Set up: lamps`.
 *
 * @returns its parts, or its resolution if it is a URL
 */
export function splitWikilink(target: string): UrlParts | Resolution {
  if (/^(?:https?:)?\/\//i.test(target))
    return {to: 'remote', url: target.startsWith('/') ? `https:${target}` : target}
  if (/^(?:[a-z][a-z\d+.-]*:\/\/|mailto:)/i.test(target))
    return {to: 'outside', why: 'an address outside of the wiki'}
  const path = withoutHash(target)
    .replace(/^include:/, '')
    .trim()
  const hash = hashOf(target)
  return {raw: path, path, ...(hash !== '' && {fragment: hyphenated(hash.slice(1))})}
}
