import * as v from 'valibot'
import {isObject} from '../data/plain.ts'
import {oneOf} from '../data/schema.ts'
import type {Rule} from '../rule/types.ts'
import {checked} from './schema.ts'
import {SEVERITIES, severityFault} from './severities.ts'

/** What every rule must say of itself; the types of `defineRule` ask for the same. */
const ruleSchema = v.looseObject(
  {
    name: v.pipe(v.string('must be a name'), v.regex(/^\S+$/, 'must be a name without spaces')),
    needs: oneOf(['page', 'mdast', 'site', 'remote']),
    severity: v.picklist(SEVERITIES, ({input}) => severityFault(input)),
    options: v.custom<object>(isObject, 'must be an object of defaults'),
    check: v.function('must be a function'),
  },
  'is missing',
)

/**
 * Validate the rule that a plugin defines.
 *
 * @param plugin The plugin, for messages.
 * @throws {@link UserError} naming the key that is missing or wrong
 */
export const checkRule = (rule: Rule, plugin: string): void => void checked(ruleSchema, rule, plugin)
