import type {Syntax} from '../../../page/syntax.ts'
import {INCLUDES} from './includes.ts'

/** The syntax of Docfx. */
export const docfxSyntax: Syntax = {includes: INCLUDES}
