/** True when the words differ by one letter added, left out, replaced, or swapped with its neighbour. */
export function isOneEdit(left: string, right: string): boolean {
  if (left === right || Math.abs(left.length - right.length) > 1) return false;
  let start = 0;
  while (left[start] === right[start]) start++;
  let [leftEnd, rightEnd] = [left.length, right.length];
  while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd--;
    rightEnd--;
  }
  // What is left between what both begin and end with.
  const [a, b] = [left.slice(start, leftEnd), right.slice(start, rightEnd)];
  return Math.max(a.length, b.length) === 1 || (a.length === 2 && a === b.slice(1) + b.slice(0, 1));
}
