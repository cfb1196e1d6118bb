import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const FOLDER = 'docs/observability';

interface Rules {
  groups: { rules: { alert: string }[] }[];
}
interface Trials {
  tests: { alert_rule_test: { alertname: string; exp_alerts: object[] }[] }[];
}
interface Panel {
  id: number;
  title: string;
  datasource: { type: string; uid: string };
  gridPos: { x: number; y: number; w: number; h: number };
  fieldConfig: { defaults: { unit: string } };
  targets: { refId: string; expr: string; legendFormat: string }[];
}
interface Dashboard {
  schemaVersion: number;
  templating: { list: { name: string; type: string; query: string }[] };
  panels: Panel[];
}

test('each alert is tried where it fires and where it is silent', () => {
  const { groups } = parse(readFileSync(`${FOLDER}/alerts.yml`, 'utf8')) as Rules;
  const { tests } = parse(readFileSync(`${FOLDER}/alerts.test.yml`, 'utf8')) as Trials;
  const tried = tests.flatMap((trial) => trial.alert_rule_test);
  const names = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert)).sort();
  const where = (fires: boolean): string[] => [
    ...new Set(tried.filter((one) => one.exp_alerts.length > 0 === fires).map(({ alertname }) => alertname)),
  ];
  expect(where(true).sort()).toEqual(names);
  expect(where(false).sort()).toEqual(names);
});

const hasPromtool = spawnSync('promtool', ['--version']).error === undefined;
(hasPromtool ? test : test.skip)(
  `the trials of the alerts pass${hasPromtool ? '' : ': skipped, since promtool (of Prometheus) is not installed here'}`,
  () => {
    // What it prints stands in the error when a trial fails.
    execFileSync('promtool', ['test', 'rules', 'alerts.test.yml'], { cwd: FOLDER });
  },
);

test('the dashboard can be imported: its panels have their own ids and places, and the data source that is chosen', () => {
  const { schemaVersion, templating, panels } = JSON.parse(
    readFileSync(`${FOLDER}/grafana-dashboard.json`, 'utf8'),
  ) as Dashboard;
  expect(schemaVersion).toBeGreaterThanOrEqual(36);
  expect(templating.list).toMatchObject([{ name: 'datasource', type: 'datasource', query: 'prometheus' }]);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const taken = new Map<string, string>();
  for (const { title, gridPos, datasource, fieldConfig, targets } of panels) {
    const { x, y, w, h } = gridPos;
    expect([title, x + w <= 24]).toEqual([title, true]);
    for (let column = x; column < x + w; column += 1) {
      for (let row = y; row < y + h; row += 1) {
        expect([title, taken.get(`${column} ${row}`)]).toEqual([title, undefined]);
        taken.set(`${column} ${row}`, title);
      }
    }
    expect(datasource).toEqual({ type: 'prometheus', uid: '${datasource}' });
    expect(['s', 'ops', 'short', 'percentunit', 'bytes']).toContain(fieldConfig.defaults.unit);
    expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
    // A sum keeps no other label than those it is made by; and a value in seconds is shown as seconds.
    for (const { expr, legendFormat } of targets) {
      const by = /\bby \(([^)]+)\)/.exec(expr)?.[1]?.split(/,\s*/);
      const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label!);
      if (by) expect([title, shown.filter((label) => !by.includes(label))]).toEqual([title, []]);
      if (/_seconds(?:_bucket)?\b/.test(expr) && !expr.includes('_count'))
        expect([title, fieldConfig.defaults.unit]).toEqual([title, 's']);
    }
  }
});
