import {trimBoth} from '../../text/trim.ts'

/** Letters that do not decompose into ASCII, with what the crate deunicode writes for them. */
const LATIN =
  'æ:ae ǣ:ae ǽ:ae ð:d ø:o ǿ:o þ:th ß:ss ẞ:ss đ:d ħ:h ı:i ĸ:k ł:l ŀ:l ŋ:ng œ:oe ŧ:t ƒ:f ə:@ ©:-c- ®:-r- ™:tm °:deg µ:u ×:x €:eur £:ps §:ss ¶:p'
const GREEK =
  'α:a β:b γ:g δ:d ε:e ζ:z η:e θ:th ι:i κ:k λ:l μ:m ν:n Ξ:ks ξ:x ο:o π:p ρ:r σ:s ς:s τ:t υ:u φ:ph χ:kh ψ:ps ω:o'
const CYRILLIC =
  'а:a б:b в:v г:g д:d е:e ё:io ѐ:ie ж:zh з:z и:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch ъ: ы:y ь:- э:e ю:iu я:ia Є:e є:ie і:i ї:yi ґ:g ђ:dj ѓ:gj ѕ:dz ј:j љ:lj њ:nj ћ:tsh ќ:kj ў:u џ:dzh'

const LETTERS: ReadonlyMap<string, string> = new Map(
  [LATIN, GREEK, CYRILLIC].flatMap((list) =>
    list.split(' ').map((pair): [string, string] => [pair.slice(0, 1), pair.slice(2)]),
  ),
)

/** Marks between words, for which deunicode writes no letter. */
const MARK = /[\p{ASCII}\p{White_Space}\p{Pd}\p{Pi}\p{Pf}…•·¡¿]/u
const MODIFIER = /[\p{M}\p{Cf}]/gu

/** What a character becomes in a slug; undefined if that is not known here, as for other scripts and emoji. */
function written(character: string): string | undefined {
  const known = LETTERS.get(character) ?? LETTERS.get(character.toLowerCase())
  if (known !== undefined) return known
  const parts = [...character.normalize('NFD').replace(MODIFIER, '')]
  if (parts.length === 1 && parts[0] === character) return MARK.test(character) ? character : undefined
  const all = parts.map(written)
  return all.includes(undefined) ? undefined : all.join('')
}

/**
 * The slug of the crate `slug`, which writes all letters in ASCII: `Don't: a_b` → `don-t-a-b`, `Straße` → `strasse`. What is
 * not known here becomes a hyphen.
 */
export const slugCrateSlug = (text: string): string =>
  trimBoth(
    text
      .normalize('NFC')
      .replace(/[^\p{ASCII}]/gu, (character) => written(character) ?? '-')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-'),
    '-',
  )

/** The stretches of a text between characters of which it is not known what they become in a slug. */
export function knownStretches(text: string): string[] {
  const stretches = ['']
  for (const character of text.normalize('NFC'))
    if (written(character) === undefined) stretches.push('')
    else stretches[stretches.length - 1] += character
  return stretches
}
