import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface Package {
  version: string;
  hasInstallScript?: true;
}
const read = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
const manifest = read('package.json');
const locked = read('package-lock.json')['packages'] as Record<string, Package>;
const nameOf = (path: string): string => path.split('node_modules/').at(-1)!;

test('a package may run a script at its installation only if its name is allowed, and each that has one is named', () => {
  const withScript = Object.entries(locked)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => nameOf(path));
  const decided = manifest['allowScripts'] as Record<string, boolean>;
  expect(Object.keys(decided).toSorted()).toEqual([...new Set(withScript)].toSorted());
  // Node's own binary, the compilers of tests and of browser code.
  expect(Object.keys(decided).filter((name) => decided[name])).toEqual(['node', '@swc/core', 'esbuild']);
});

test('every direct dependency is pinned to one version', () => {
  const asked = Object.entries({
    ...(manifest['dependencies'] as Record<string, string>),
    ...(manifest['devDependencies'] as Record<string, string>),
  });
  expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
});

/** Versions with a known advisory, and since when it is mended; what is overridden stays so. */
test.each([
  ['formidable', 3],
  ['pino', 10],
])('no %s before version %s is in the tree', (name, major) => {
  const there = Object.entries(locked).filter(([path]) => nameOf(path) === name);
  expect(there.length).toBeGreaterThan(0);
  expect(there.filter(([, { version }]) => Number(version.split('.')[0]) < major)).toEqual([]);
});

test('the tree is whole, and `npm run sbom` lists it', () => {
  execFileSync('npm', ['ls', '--all'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const sbom = JSON.parse(
    execFileSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8', maxBuffer: 32 * 1024 * 1024 }),
  ) as { bomFormat: string; components: { name: string; version: string }[] };
  expect(sbom.bomFormat).toBe('CycloneDX');
  const { version } = locked['node_modules/restify']!;
  expect(sbom.components).toContainEqual(expect.objectContaining({ name: 'restify', version }));
  expect(sbom.components.map(({ name }) => name)).not.toContain('jest');
});
