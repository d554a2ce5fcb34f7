import {isAbove} from '../../text/paths.ts'
import type {HostContext} from '../platform.ts'
import type {Resolution} from '../types.ts'
import {fileAt} from './repository.ts'

/**
 * The resolution of an include.
 *
 * @param paths The places of the file, in the order in which they are looked up.
 */
export function includedFile(
  ctx: Pick<HostContext, 'isPage' | 'lookup'>,
  paths: readonly [string, ...string[]],
): Resolution {
  const found = paths.find((path) => ctx.lookup.isFile(path))
  if (found !== undefined) return fileAt(ctx, found, undefined)
  const inTree = paths.find((path) => !isAbove(path))
  return inTree === undefined || paths.some(isAbove)
    ? {to: 'outside', why: 'the file is outside the tree'}
    : ofSameKind(ctx.lookup.missing(inTree))
}

/** Without a suggestion of another kind of file: `lamp.rs` does not mean `lamp.md`. */
function ofSameKind(found: Resolution): Resolution {
  if (found.to !== 'missing' || found.suggestion === undefined) return found
  const {suggestion, evidence, ...missing} = found
  const isSame = extensionOf(suggestion) === extensionOf(found.path)
  return isSame || evidence === 'spelling' ? found : missing
}

const extensionOf = (path: string) => /\.[^./]*$/.exec(path)?.[0].toLowerCase()
