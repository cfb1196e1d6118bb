/// <reference lib="dom" />
import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from 'chart.js';
import { useEffect, useId, useRef } from 'preact/hooks';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

interface Props {
  title: string;
  /** What is counted, in the plural. */
  unit: string;
  bars: { name: string; value: number }[];
  /** Bars from left to right, for long names. */
  lying?: boolean;
}

/** A chart, and the same figures as a table: for who does not see it, and for who wants them exactly. */
export function BarChart({ title, unit, bars, lying = false }: Props) {
  const id = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    const axis = { ticks: { color: colour('--dim'), precision: 0 }, grid: { color: colour('--line') } };
    const chart = new Chart(canvas.current!, {
      type: 'bar',
      data: {
        labels: bars.map(({ name }) => name),
        datasets: [{ label: unit, data: bars.map(({ value }) => value), backgroundColor: colour('--brand') }],
      },
      options: {
        animation: false,
        indexAxis: lying ? 'y' : 'x',
        maintainAspectRatio: false,
        scales: { x: { ...axis, beginAtZero: true }, y: { ...axis, beginAtZero: true } },
      },
    });
    // The colours follow the theme.
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const repaint = (): void => {
      for (const scale of [chart.options.scales!['x']!, chart.options.scales!['y']!]) {
        scale.ticks!.color = colour('--dim');
        scale.grid!.color = colour('--line');
      }
      chart.data.datasets[0]!.backgroundColor = colour('--brand');
      chart.update();
    };
    dark.addEventListener('change', repaint);
    return () => {
      dark.removeEventListener('change', repaint);
      chart.destroy();
    };
  }, [bars, lying, unit]);
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div class="canvas">
        <canvas
          ref={canvas}
          role="img"
          aria-label={`${title}\u00a0: le tableau ci-dessous dit la même chose`}
        />
      </div>
      <details>
        <summary>Voir le tableau</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{title}</th>
              <th scope="col">{unit}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ name, value }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
