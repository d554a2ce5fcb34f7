/** Stands for a character that is not to be parsed: a control character, which begins no construct of Markdown. */
export const COVER = '\u001f'
