import type {Syntax} from '../../../page/types.ts'

/** The syntax of Mintlify: MDX, in files of either extension. */
export const mintlifySyntax: Syntax = {
  mdx: true,
  jsxProps: true,
  elementAttributes: [
    ...['id', 'title', 'titleSize', 'noAnchor', 'label', 'file'],
    ...['name', 'query', 'path', 'body', 'header'],
  ],
}
