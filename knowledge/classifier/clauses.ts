/** What joins two things that are wrong; a comma alone joins too much. */
const JOINTS =
  /[.!?;\n…]+|\s(?:et (?:aussi|en plus|sinon|puis|par ailleurs|l[àa]|maintenant|du coup|surtout)|et|puis|sinon|par ailleurs|en plus|d['’]autre part|au passage|de plus|autre chose|deuxi[eè]mement|ensuite|plus)\s/giu;
/** Fewer words say too little by themselves. */
const LEAST_WORDS = 3;
const MOST_CLAUSES = 8;

/** The parts of a message that may each name a problem; one part alone is no part. */
export function clausesOf(text: string): string[] {
  const clauses = text
    .slice(0, 1_000)
    .split(JOINTS)
    .map((clause) => clause.trim())
    .filter((clause) => clause.split(/\s+/u).length >= LEAST_WORDS)
    .slice(0, MOST_CLAUSES);
  return clauses.length > 1 ? clauses : [];
}
