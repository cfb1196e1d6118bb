/** Waits for what must come soon; fails when it has not come after `patience` milliseconds. */
export async function until(holds: () => boolean | Promise<boolean>, patience = 15_000): Promise<void> {
  for (const end = performance.now() + patience; !(await holds());) {
    if (performance.now() > end)
      throw new Error(`It did not come within ${patience} ms: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
