/** Remembers what is made of a setting. Settings are few, and an expression takes longer to make than to search with. */
export function once<T>(make: (setting: string) => T): (setting: string) => T {
  const made = new Map<string, T>();
  return (setting) => {
    let thing = made.get(setting);
    if (thing === undefined) made.set(setting, (thing = make(setting)));
    return thing;
  };
}
