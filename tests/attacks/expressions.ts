import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The regular expressions that were found safe, by `node tests/attacks/checkExpressions.ts`. */
export const CHECKED = 'tests/attacks/checkedExpressions.json';

/** The literals of all code that customers' words may meet, as "/source/flags", with the files they stand in. */
export function literals(): [literal: string, file: string][] {
  const found: [string, string][] = [];
  for (const folder of ['bot', 'dialogs', 'knowledge', 'adapters']) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(name)) continue;
      const file = join(folder, name);
      const visit = (node: ts.Node): void => {
        if (ts.isRegularExpressionLiteral(node)) found.push([node.text, file]);
        ts.forEachChild(node, visit);
      };
      visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
    }
  }
  return found;
}

/** A literal's source and flags; without the flags of places (d, y), which recheck does not know and which change no cost. */
export function parts(literal: string): { source: string; flags: string } {
  const end = literal.lastIndexOf('/');
  return { source: literal.slice(1, end), flags: literal.slice(end + 1).replace(/[dy]/g, '') };
}
