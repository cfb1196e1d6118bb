/// <reference lib="dom" />
import type { ComponentChildren } from 'preact';

interface Props {
  /** What it shows, for who does not see it. */
  label: string;
  columns: readonly string[];
  /** Its rows. */
  children: ComponentChildren;
}

/** A table in a frame of its own: where the page is too narrow for it the frame scrolls, by keyboard too. */
export function Table({ label, columns, children }: Props) {
  return (
    <div class="table" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
