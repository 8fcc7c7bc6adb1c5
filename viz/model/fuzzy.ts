/** Fuzzy matching of a few letters with a title: all of them must occur in order; whole words and beginnings of words count more. */

/** Above 0 for a match; larger is better. Several words may be in any order. */
export function fitness(query: string, title: string): number {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const text = title.toLowerCase();
  let sum = 1;
  for (const word of words) {
    const worth = worthOf(word, text);
    if (worth === 0) return 0;
    sum += worth;
  }
  if (words.length > 1 && text.includes(words.join(" "))) sum += 6;
  // Of two equal matches, the shorter title wins.
  return sum - Math.min(0.9, text.length / 200);
}

function worthOf(word: string, text: string): number {
  const at = text.indexOf(word);
  if (at === 0) return 12 + word.length;
  if (at > 0) return (isBoundary(text, at) ? 8 : 4) + word.length;
  return lettersIn(word, text);
}

/** Matches letters in order; a letter at the beginning of a word, or right after the one before, counts fully, any other less. */
function lettersIn(word: string, text: string): number {
  let [place, worth, last] = [0, 0, -2];
  for (const letter of word) {
    let next = text.indexOf(letter, place);
    if (next === -1) return 0;
    const initial = initialOf(letter, text, place);
    if (next !== last + 1 && initial !== -1) next = initial;
    worth += next === last + 1 ? 1 : isBoundary(text, next) ? 0.8 : 0.1;
    last = next;
    place = next + 1;
  }
  // Letters scattered over the text match by chance.
  return worth >= 0.6 * word.length ? worth : 0;
}

function initialOf(letter: string, text: string, from: number): number {
  for (let at = text.indexOf(letter, from); at !== -1; at = text.indexOf(letter, at + 1)) if (isBoundary(text, at)) return at;
  return -1;
}

const isBoundary = (text: string, at: number): boolean => at === 0 || !/[a-z0-9]/.test(text[at - 1] ?? "");
