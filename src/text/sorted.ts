/**
 * The index of the first item of a sorted list for which a condition is false, by binary search.
 *
 * @param holds Must be true for the items before some index and false for the rest.
 * @returns the length of the list if the condition is true for all items
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
