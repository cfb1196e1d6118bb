/**
 * Whether at most so many slips make one word of the other: a letter added, left out, replaced, or exchanged with its
 * neighbour. No letter slips twice (optimal string alignment). `i` and `j`: from where the words are compared.
 */
export function areNear(one: string, other: string, slips: number, i = 0, j = 0): boolean {
  if (Math.abs(one.length - i - (other.length - j)) > slips) return false;
  while (i < one.length && one[i] === other[j]) {
    i += 1;
    j += 1;
  }
  if (i === one.length || j === other.length) return true;
  if (slips === 0) return false;
  const swapped = one[i] === other[j + 1] && one[i + 1] === other[j];
  return (
    areNear(one, other, slips - 1, i + 1, j + 1) ||
    areNear(one, other, slips - 1, i + 1, j) ||
    areNear(one, other, slips - 1, i, j + 1) ||
    (swapped && areNear(one, other, slips - 1, i + 2, j + 2))
  );
}
