/** Elements whose `name` names a form control or metadata, not a place on the page. */
export const NAMES_NO_PLACE = new Set([
  'button',
  'input',
  'meta',
  'param',
  'select',
  'slot',
  'textarea',
  'iframe',
])
/** Elements whose ids are places: neither components nor the parts of drawings, which are repeated with their ids. */
export const PLACE =
  /^(?:a|abbr|address|article|aside|[bipqsu]|big|blockquote|br|caption|center|code|dd|del|details|dfn|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|hr|iframe|img|ins|kbd|li|main|mark|nav|ol|pre|samp|section|small|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|ul|var|video)$/

/** Has the value of an attribute the form of an id? */
export const isLikeId = (value: string): boolean => /^[\p{L}\p{N}_][^<>{}/\n]{0,99}$/u.test(value)
