const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML: `a < b &amp; c` → `a &lt; b &amp;amp; c` */
export const escapedHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPED[sign]!)

/** Text as HTML, with its character references as they are: `a < b &amp; c` → `a &lt; b &amp; c` */
export const escapedProse = (text: string): string =>
  text.replace(/[<>"']|&(?!#?\w+;)/g, (sign) => ESCAPED[sign]!)
