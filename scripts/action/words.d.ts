export function splitWords(text: string): string[]
