/** The number of bytes that identify any format but SVG. */
export const SIGNATURE_BYTES = 16
/** The number of bytes within which an SVG image must begin. */
const SVG_BYTES = 4096

/** The image formats that browsers show, by their first bytes. */
const FORMATS: [signature: RegExp, extension: string][] = [
  [/^\x89PNG/, 'png'],
  [/^\xff\xd8\xff/, 'jpg'],
  [/^GIF8/, 'gif'],
  [/^RIFF[\s\S]{4}WEBP/, 'webp'],
  [/^[\s\S]{4}ftyp/, 'avif'],
  [/^(?:\xff\x0a|\0\0\0\x0cJXL )/, 'jxl'],
  [/^\0\0\x01\0/, 'ico'],
  [/^BM[\s\S]{4}\0{4}/, 'bmp'],
]

/**
 * An `svg` element, after an XML declaration, a doctype, comments and whitespace. None of the alternatives can match
 * past its own end: otherwise a server could send comments that take exponential time.
 */
const SVG =
  /^\uFEFF?(?:\s|<\?(?:(?!\?>)[\s\S])*\?>|<!--(?:(?!-->)[\s\S])*-->|<!DOCTYPE\s+svg\b[^>[]*(?:\[[^\]]*\])?>)*<svg[\s>]/i

/** Bytes as text with one character per byte. */
export const binaryText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** The extension of an image's format by its first bytes, without a dot; undefined if it is not an image. */
export const imageFormat = (bytes: Uint8Array): string | undefined =>
  bitmapFormat(bytes) ??
  (SVG.test(Buffer.from(bytes.subarray(0, SVG_BYTES)).toString('utf8')) ? 'svg' : undefined)

/** The extension of a bitmap's format by its first bytes, without a dot. */
export function bitmapFormat(bytes: Uint8Array): string | undefined {
  const start = binaryText(bytes.subarray(0, SIGNATURE_BYTES))
  return FORMATS.find(([signature]) => signature.test(start))?.[1]
}
