/** The size after the URL and the title of an image: `![a](b.png =300x200)`, `![a](b.png "title" =300x)`. */
const SIZE =
  /(!\[[^\]\r\n]{0,500}\]\([^\s()<>]{1,2000}(?:[ \t]{1,9}"[^"\r\n]{0,500}")?)([ \t]{1,9}=(?:\d{1,9}x\d{0,9}|x\d{1,9}))(?=[ \t]{0,9}\))/g

/** Blank the sizes of images, with which CommonMark sees no image; offsets are unchanged. */
export const withoutImageSizes = (text: string): string =>
  text.replace(SIZE, (_, before: string, size: string) => before + ' '.repeat(size.length))
