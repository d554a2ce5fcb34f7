/** CommonMark's comparison of labels: white space collapsed, Unicode case folded (CommonMark 0.31, “matches”). */
export const normalizeLabel = (label: string) =>
  (SPACES.test(label) ? label.replace(/[\t\n\r ]+/g, ' ').replace(/^ | $/g, '') : label)
    .toLowerCase()
    .toUpperCase()

/** White space that is not one space between words. */
const SPACES = /^[\t\n\r ]|[\t\n\r]| {2}| $/
