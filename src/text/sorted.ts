/**
 * The first place in a list at which something does not hold any more, by binary search.
 *
 * @param holds What holds for the beginning of the list, and for nothing behind it.
 * @returns the length of the list where it holds for all of it
 */
export function firstNot<T>(list: ArrayLike<T>, holds: (item: T) => boolean): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(list[middle]!)) low = middle + 1
    else high = middle
  }
  return low
}
