import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { settings } from '../../bot/config.ts';

const read = (path: string): unknown[] =>
  parseAllDocuments(readFileSync(path, 'utf8')).map((document) => {
    expect([path, document.errors]).toEqual([path, []]);
    return document.toJS() as unknown;
  });

interface Compose {
  services: Record<string, { environment?: Record<string, string>; read_only?: boolean }>;
}
interface Kubernetes {
  kind: string;
  data?: Record<string, string>;
  spec?: { template?: { spec: { containers: { securityContext: object }[] } } };
}

test('every YAML file can be read, and kustomize names the files beside it', () => {
  const files = globSync(['docs/deploy/**/*.yaml', '.github/workflows/*.yml']);
  expect(files.length).toBeGreaterThan(4);
  for (const file of files) expect(read(file).length).toBeGreaterThan(0);
  const [{ resources }] = read('docs/deploy/kubernetes/kustomization.yaml') as [{ resources: string[] }];
  expect(resources.sort()).toEqual(
    globSync('*.yaml', { cwd: 'docs/deploy/kubernetes' })
      .filter((name) => name !== 'kustomization.yaml')
      .sort(),
  );
});

test('what the files set are settings that exist', () => {
  const [compose] = read('docs/deploy/compose.yaml') as [Compose];
  const kubernetes = globSync('docs/deploy/kubernetes/*.yaml').flatMap((file) => read(file)) as Kubernetes[];
  const map = kubernetes.find(({ kind }) => kind === 'ConfigMap')!;
  const image = /^ENV NODE_ENV.*$/m.exec(readFileSync('docs/deploy/Dockerfile', 'utf8'))![0];
  const unit = /^ExecStart=.*$/m.exec(readFileSync('docs/deploy/guichet.service', 'utf8'))![0];
  const names = [
    ...Object.keys(compose.services['guichet']!.environment!),
    ...Object.keys(map.data!),
    ...[...`${image} ${unit}`.matchAll(/([A-Z_]+)=\S/g)].map(([, name]) => name!),
  ];
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !(name in settings))).toEqual([]);
});

test('the server cannot change itself, nor gain a right: in Compose and in Kubernetes', () => {
  const [compose] = read('docs/deploy/compose.yaml') as [Compose];
  expect(compose.services['guichet']).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  const deployment = (read('docs/deploy/kubernetes/guichet.yaml') as Kubernetes[])[0]!;
  const [container] = deployment.spec!.template!.spec.containers;
  expect(container!.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
});

test('the workflow runs what .ci/run runs, and both are scripts that a shell can read', () => {
  const [workflow] = read('.github/workflows/ci.yml') as [{ jobs: { check: { steps: { run?: string }[] } } }];
  expect(workflow.jobs.check.steps.map(({ run }) => run)).toContain('bash .ci/run');
  execFileSync('bash', ['-n', '.ci/run']);
});
