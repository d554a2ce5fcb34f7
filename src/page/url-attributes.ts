/**
 * The attributes with a URL that the reader's browser loads or follows, by tag (HTML Standard, index of attributes).
 */
export const URL_ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map([
  ['a', ['href']],
  ['area', ['href']],
  ['audio', ['src']],
  ['embed', ['src']],
  ['iframe', ['src']],
  ['image', ['href', 'xlink:href']],
  ['img', ['src', 'srcset']],
  ['input', ['src']],
  ['link', ['href']],
  ['object', ['data']],
  ['script', ['src']],
  ['source', ['src', 'srcset']],
  ['track', ['src']],
  ['video', ['src', 'poster']],
])

/** Props that MDX components pass on to an element, by convention. */
export const JSX_ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map([
  ['card', ['to', 'link']],
  ['image', ['src']],
  ['link', ['to']],
  ['navlink', ['to']],
])
