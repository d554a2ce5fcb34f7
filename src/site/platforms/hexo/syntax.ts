import type {Syntax} from '../../../page/syntax.ts'
import type {Plugins} from './plugins.ts'

/** The syntax of Hexo: Markdown with the tags of Nunjucks. Marked makes ids of text with references as they are written. */
export const hexoSyntax = (renderer: Plugins['renderer']): Syntax => ({
  templating: 'nunjucks',
  headingSource: true,
  ...(renderer === 'markdown-it' ? {} : {keepsReferences: true}),
})
