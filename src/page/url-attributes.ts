/**
 * The attributes with a URL that the reader's browser loads or follows, by tag (HTML Standard, index of attributes).
 */
export const URL_ATTRIBUTES: Record<string, readonly string[]> = {
  a: ['href'],
  area: ['href'],
  audio: ['src'],
  embed: ['src'],
  iframe: ['src'],
  image: ['href', 'xlink:href'],
  img: ['src', 'srcset'],
  input: ['src'],
  link: ['href'],
  object: ['data'],
  script: ['src'],
  source: ['src', 'srcset'],
  track: ['src'],
  video: ['src', 'poster'],
}

/** Props that MDX components pass on to an element, by convention. */
export const JSX_ATTRIBUTES: Record<string, readonly string[]> = {
  card: ['to', 'link'],
  image: ['src'],
  link: ['to'],
  navlink: ['to'],
}
