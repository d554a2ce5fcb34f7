import {isMarkdownFile} from '../../text/markdown-files.ts'
import {isMisspelling} from '../../text/nearest.ts'
import {folderOf, nameOf} from '../../text/paths.ts'
import {isImage} from '../../text/urls.ts'
import {concernsHost, type Doubt} from '../doubts.ts'
import type {MissingTarget} from '../types.ts'
import type {LinkForm} from './places.ts'

/** Is the suggestion a page of the very same name elsewhere, since a site may drop folders? */
export const isElsewhere = ({path, suggestion}: MissingTarget): boolean =>
  suggestion !== undefined &&
  isMarkdownFile(suggestion) &&
  folderOf(suggestion) !== folderOf(path) &&
  withoutExtension(nameOf(suggestion)) === withoutExtension(nameOf(path))

/** Is a missing target the misspelled name of a file in the same folder? */
export const isMisspelled = ({path, suggestion}: MissingTarget, form: LinkForm): boolean =>
  suggestion !== undefined &&
  isMarkdownFile(suggestion) === (form !== 'asset') &&
  folderOf(suggestion) === folderOf(path) &&
  isMisspelling(withoutExtension(nameOf(path)), withoutExtension(nameOf(suggestion)))

const withoutExtension = (name: string) => name.replace(/\.\w+$/, '')

/** Is a target an image of the site itself, rather than one of another site on the host? */
export const isOwnImage = (path: string, about: Doubt): boolean =>
  isImage(path) && !concernsHost(about) && about.reason !== 'guessed-home'
