import {readers} from './readers.ts'
import {rules} from './rules.ts'
import type {Series} from './series.ts'
import {sites} from './sites.ts'
import {sluggers} from './sluggers.ts'
import {steps} from './steps.ts'
import {wikilinks} from './wikilinks.ts'

/** Every series that is measured. */
export const all: readonly Series[] = [...readers, ...sluggers, ...sites, ...rules, ...steps, ...wikilinks]
