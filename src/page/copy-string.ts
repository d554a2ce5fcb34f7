/** Copy a string: V8 represents a slice of the page by a reference, which would keep the whole text in memory. */
export const copyString = (text: string) => (text.length < 13 ? text : `${text} `.slice(0, -1))
