/** A string of its own: a slice would keep the whole page's text in memory for as long as the fact lives. */
export const copyString = (text: string) => (text.length < 13 ? text : `${text} `.slice(0, -1))
