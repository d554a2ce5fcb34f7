/** How often a test tries what it tries with random or listed input: all of it, or a twentieth with `npm run test:fast`. */
export const amount = (all: number): number => (process.env.DOCCHECK_FAST ? Math.ceil(all / 20) : all)
