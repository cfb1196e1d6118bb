/// <reference lib="dom" />
import { useState } from 'preact/hooks';

/** What the server takes; see adapters/directLine/pictures.ts. */
export const TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
const MAX_FILES = 4;
const MAX_MB = 4;

export interface Files {
  list: readonly File[];
  /** What could not be added and why, in words. */
  problem: string;
  add(files: Iterable<File>): void;
  remove(file: File): void;
  /** Gives the list, and empties it. */
  take(): File[];
}

/** The pictures that wait to be sent with the next message. */
export function useFiles(): Files {
  const [list, setList] = useState<readonly File[]>([]);
  const [problem, setProblem] = useState('');
  return {
    list,
    problem,
    add: (files) => {
      const problems: string[] = [];
      const added = [...list];
      for (const file of files) {
        const wrong = wrongWith(file) ?? (added.length >= MAX_FILES ? TOO_MANY : undefined);
        if (wrong === undefined) added.push(file);
        else problems.push(wrong);
      }
      setList(added);
      setProblem([...new Set(problems)].join(' '));
    },
    remove: (file) => {
      setList(list.filter((other) => other !== file));
      setProblem('');
    },
    take: () => {
      setList([]);
      setProblem('');
      return [...list];
    },
  };
}

const TOO_MANY = `Quatre images au plus par message\u00a0; envoyez les autres ensuite.`;

function wrongWith({ name, type, size }: File): string | undefined {
  const said = `«\u00a0${name}\u00a0»`;
  if (!TYPES.includes(type)) return `${said} n’est pas une image PNG, JPEG, GIF ou WebP.`;
  if (size > MAX_MB * 1024 * 1024)
    return `${said} dépasse ${MAX_MB}\u00a0Mo\u00a0; envoyez une image plus légère.`;
  return undefined;
}
