/**
 * How a folded French word sounds, roughly: what is written differently and said alike gets one key ("livré", "livrer",
 * "livrait"; "quand", "kan"). For comparing, not for reading.
 */
export function soundOf(word: string): string {
  if (word.length < 2) return word;
  return (
    word
      .replace(/eaux?$/, 'o')
      .replace(/eau|aux|au/g, 'o')
      .replace(/ph/g, 'f')
      .replace(/qu|ck|k|q/g, 'k')
      .replace(/c(?=[eiy])/g, 's')
      .replace(/s?ch|sh/g, 'J')
      .replace(/c/g, 'k')
      .replace(/g(?=[eiy])/g, 'j')
      .replace(/h/g, '')
      .replace(/y/g, 'i')
      .replace(/(?:aient|ait|ais|ees|ai|ei|ee|er|ez|et|es|e)$/, 'e')
      .replace(/ai|ei/g, 'e')
      .replace(/oi/g, 'wa')
      .replace(/ou/g, 'u')
      .replace(/(?:an|am|en|em)(?![aeiou])/g, 'A')
      .replace(/(?:in|im)(?![aeiou])/g, 'I')
      .replace(/(?:on|om)(?![aeiou])/g, 'O')
      .replace(/(.)\1/g, '$1')
      .replace(/[tdspxz]+$/, '')
      .replace(/z/g, 's') || word
  );
}
