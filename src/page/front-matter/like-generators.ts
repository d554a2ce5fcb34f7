import {DEEPEST} from '../../data/plain.ts'
import {parserOf} from './parsers.ts'

/** The answer of js-yaml: the value, or the offset at which it stops and why. */
export type Reading = {value: unknown} | {at: number; reason: string}

/** Reasons on which parsers disagree. */
const DISPUTED = /\b(?:alias|anchor|tag|merge|maxDepth|directive|YAML)\b/

/**
 * Parse YAML with js-yaml, the parser of most generators in JavaScript. PyYAML and Psych agree with it about errors: all
 * accept more than YAML 1.2 does, such as quoted text and lists in brackets that continue without indentation.
 *
 * @returns undefined if other parsers may disagree
 */
export function readLikeGenerators(source: string): Reading | undefined {
  const {load, YAMLException} = parserOf('js-yaml')
  try {
    return {value: load(source, {json: true, maxDepth: DEEPEST})}
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    const {mark, reason} = error
    return DISPUTED.test(reason) ? undefined : {at: mark?.position ?? 0, reason}
  }
}
