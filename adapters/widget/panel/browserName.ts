/// <reference lib="dom" />

/** By the mark that each leaves in the user agent's name; those built on Chrome carry its mark too, so they come first. */
const BROWSERS: [string, RegExp][] = [
  ['Edge', /Edg(?:A|iOS)?\/(\d+)/],
  ['Opera', /OPR\/(\d+)/],
  ['Samsung Internet', /SamsungBrowser\/(\d+)/],
  ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /Version\/(\d+).*Safari/],
];

/** "Firefox 132"; nothing for a browser that is not known. */
export function browserName(agent: string = navigator.userAgent): string {
  for (const [name, mark] of BROWSERS) {
    const version = mark.exec(agent)?.[1];
    if (version !== undefined) return `${name} ${version}`;
  }
  return '';
}
