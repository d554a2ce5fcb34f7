/** Copy a string: V8 keeps a slice of the page, which would hold the whole text in memory for as long as a fact lives. */
export const copyString = (text: string) => (text.length < 13 ? text : `${text} `.slice(0, -1))
