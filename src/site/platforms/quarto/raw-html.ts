/** A block of raw HTML, with its content. */
export const RAW_HTML =
  /^[ \t>]*(?:`{3,}|~{3,})[ \t]*\{=html\}[ \t\r]*\n(?:[^\n]{0,2000}\n){0,500}?[ \t>]*(?:`{3,}|~{3,})[ \t]*$/gm

const IS_RAW_HTML = /^(?:`{3,}|~{3,})[ \t]*\{=html\}/
const ID = /\b(?:id|name)\s?=\s?["']?([^\s"'<>]+)/gi
/** Scripts that add elements or ids. */
const SCRIPT_ADDS = /<script(?![^>]*\ssrc=)[\s\S]*(?:HTML|createElement|append|\.id\b|['"]id['"])/i

/** The ids in blocks of raw HTML. */
export const idsOfRawHtml = (opaqueContent: readonly string[]): string[] =>
  opaqueContent
    .filter((content) => IS_RAW_HTML.test(content))
    .flatMap((content) => [...content.matchAll(ID)].map(([, id]) => id!))

/** Is opaque content raw HTML whose ids are all written in it? */
export const isPlainHtml = (content: string): boolean =>
  IS_RAW_HTML.test(content) && !SCRIPT_ADDS.test(content)
