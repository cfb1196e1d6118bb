import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { settings } from '../../bot/config.ts';
import { TestServer } from '../server.ts';

const read = (path: string): unknown[] =>
  parseAllDocuments(readFileSync(path, 'utf8')).map((document) => {
    expect([path, document.errors]).toEqual([path, []]);
    return document.toJS() as unknown;
  });

interface Compose {
  services: Record<string, { environment?: Record<string, string>; read_only?: boolean }>;
}
interface Container {
  envFrom: Record<string, { name: string }>[];
  ports: { name: string; containerPort: number }[];
  startupProbe: Probe;
  livenessProbe: Probe;
  readinessProbe: Probe;
  securityContext: object;
  volumeMounts: { name: string; mountPath: string }[];
}
interface Probe {
  httpGet: { path: string; port: string };
}
interface Deployment {
  kind: 'Deployment';
  spec: {
    template: {
      metadata: { labels: Record<string, string> };
      spec: { containers: [Container]; volumes: { name: string }[] };
    };
  };
}
interface Service {
  kind: 'Service';
  spec: { selector: Record<string, string>; ports: { targetPort: string }[] };
}
interface Settings {
  kind: 'ConfigMap';
  metadata: { name: string };
  data: Record<string, string>;
}

/** The one of this kind among the manifests. */
function manifest<Kind extends Deployment | Service | Settings>(kind: Kind['kind']): Kind {
  const all = globSync('docs/deploy/kubernetes/*.yaml').flatMap((file) => read(file)) as Kind[];
  return all.find((one) => one.kind === kind)!;
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
  const map = manifest<Settings>('ConfigMap');
  const image = /^ENV NODE_ENV.*$/m.exec(readFileSync('docs/deploy/Dockerfile', 'utf8'))![0];
  const unit = /^ExecStart=.*$/m.exec(readFileSync('docs/deploy/guichet.service', 'utf8'))![0];
  const names = [
    ...Object.keys(compose.services['guichet']!.environment!),
    ...Object.keys(map.data),
    ...[...`${image} ${unit}`.matchAll(/([A-Z_]+)=\S/g)].map(([, name]) => name!),
  ];
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !(name in settings))).toEqual([]);
});

test('Kubernetes asks the routes that exist, at the image’s port, and mounts what the image writes', async () => {
  const { metadata, spec } = manifest<Deployment>('Deployment').spec.template;
  const service = manifest<Service>('Service').spec;
  const [container] = spec.containers;
  const image = readFileSync('docs/deploy/Dockerfile', 'utf8');
  const [port] = container.ports;
  expect(image).toContain(`PORT=${port!.containerPort} `);
  expect(image).toContain(`EXPOSE ${port!.containerPort}\n`);
  expect(service.ports.map(({ targetPort }) => targetPort)).toEqual([port!.name]);
  expect(service.selector).toEqual(metadata.labels);

  const server = await TestServer.start();
  for (const { httpGet } of [container.startupProbe, container.livenessProbe, container.readinessProbe]) {
    expect(httpGet.port).toBe(port!.name);
    expect([httpGet.path, (await server.ask('GET', httpGet.path)).status]).toEqual([httpGet.path, 200]);
  }
  await server.stop();

  expect(container.volumeMounts.map(({ mountPath }) => mountPath).sort()).toEqual(['/data', '/tmp']);
  expect(image).toContain('VOLUME /data\n');
  expect(container.volumeMounts.map(({ name }) => name)).toEqual(spec.volumes.map(({ name }) => name));
  expect(container.envFrom).toEqual([
    { configMapRef: { name: manifest<Settings>('ConfigMap').metadata.name } },
    { secretRef: { name: 'guichet' } },
  ]);
  expect(readFileSync('docs/deploy.md', 'utf8')).toContain('create secret generic guichet ');
});

test('the server cannot change itself, nor gain a right: in Compose and in Kubernetes', () => {
  const [compose] = read('docs/deploy/compose.yaml') as [Compose];
  expect(compose.services['guichet']).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  const [container] = manifest<Deployment>('Deployment').spec.template.spec.containers;
  expect(container.securityContext).toEqual({
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
