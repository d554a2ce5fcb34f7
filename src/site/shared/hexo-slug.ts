import {trimBoth} from '../../text/trim.ts'

/** Latin letters that hexo-util writes otherwise than Unicode decomposes them, each before its replacement. */
const LETTERS = new Map(
  (
    '\u008cOE \u009coe ÆAE ØO ßs æae øo ĐD đd ĦH ħh ıi ĿL ŀl ŁL łl ŉn ŒOE œoe ŦT ŧt ſl ƀb ƁB ƂB ƃb ƆO ƇC ƈc ƉD ƊD ƋD ƌd ƎE ƐE ƑF ' +
    'ƒf ƓG ƕhv ƗI ƘK ƙk ƚl ƜM ƝN ƞn ƟO ƢOI ƣoi ƤP ƥp ƬT ƭt ƮT ƲV ƳY ƴy ƵZ ƶz ǝe ǢAE ǣae ǤG ǥg ǼAE ǽae ǾO ǿo ȠN ȢOU ' +
    'ȣou ȤZ ȥz ȺA ȻC ȼc ȽL ȾT ȿs ɀz ɃB ɄU ɅV ɇe ɈJ ɉj ɊQ ɋq ɌR ɍr ɎY ɏy ɐa ɓb ɔo ɖd ɗd ɛe ɠg ɥh ɨi ɫl ɯm ɱm ɲn ɵo ɽr ' +
    'ʈt ʉu ʋv ʌv ᵹg ᵽp ẚa ẛs ẞS ỾY ỿy ↄc ⱠL ⱡl ⱢL ⱣP ⱤR ⱥa ⱦt ⱧH ⱨh ⱩK ⱪk ⱫZ ⱬz ⱮM ⱯA ⱲW ⱳw ⱵH ⱶh ⱾS ⱿZ ꜨTZ ꜩtz ' +
    'ꜲAA ꜳaa ꜴAO ꜵao ꜶAU ꜷau ꜸAV ꜹav ꜺAV ꜻav ꜼAY ꜽay ꜾC ꜿc ꝀK ꝁk ꝂK ꝃk ꝄK ꝅk ꝆL ꝇl ꝈL ꝉl ꝊO ꝋo ꝌO ꝍo ꝎOO ꝏoo ꝐP ' +
    'ꝑp ꝒP ꝓp ꝔP ꝕp ꝖQ ꝗq ꝘQ ꝙq ꝚR ꝛr ꝞV ꝟv ꝠVY ꝡvy ꝢZ ꝣz ꝹD ꝺd ꝻF ꝼf ꝽG ꝾG ꝿg ꞀL ꞁl ꞂR ꞃr ꞄS ꞅs ꞆT ꞇt ꞍH ꞐN ꞑn ' +
    'ꞠG ꞡg ꞢK ꞣk ꞤN ꞥn ꞦR ꞧr ꞨS ꞩs'
  )
    .split(' ')
    .map((pair) => [pair[0]!, pair.slice(1)]),
)
const MARKS = /[\u0300-\u036f]/g
/** Letters in circles, of full width, and pairs of letters. */
const COMPATIBLE = /[\u24b6-\u24e9\uff21-\uff3a\uff41-\uff5aǄ-ǌǱ-ǳ]/
/** Letters of which only marks are removed; K for kelvin, Å for ångström and the ezh with a caron stay as they are. */
const WITH_MARKS = /(?![\u212a\u212bǮǯ])\p{Script=Latin}/u

function plain(letter: string): string {
  const written = LETTERS.get(letter)
  if (written !== undefined) return written
  if (COMPATIBLE.test(letter)) return letter.normalize('NFKD').replace(MARKS, '')
  return WITH_MARKS.test(letter) ? letter.normalize('NFD').replace(MARKS, '') : letter
}

/** `slugize` of hexo-util without its options: `2. Déjà vu?` → `2-Deja-vu`. */
export const hexoSlug = (text: string): string =>
  trimBoth(
    text
      .replace(/[^\0-\x7e]/g, plain)
      .replace(/[\0-\x1f]/g, '')
      .replace(/[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'<>,.?/]+/g, '-'),
    '-',
  )
