/// <reference lib="dom" />
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Picture } from './shown.ts';

/** Pixels of the longer side; twice what is shown, for fine screens. */
const LONGEST = 440;

/**
 * A picture, small. Drawn on a canvas and not shown by address, so that a shop's page needs no img-src for it in its
 * Content-Security-Policy.
 */
export function Thumbnail({ picture: { name, source } }: { picture: Picture }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    let gone = false;
    const draw = async (): Promise<void> => {
      const blob = typeof source === 'string' ? await (await fetch(source)).blob() : source;
      const image = await createImageBitmap(blob);
      const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
      if (gone || !canvas.current) return;
      canvas.current.width = Math.max(1, Math.round(image.width * scale));
      canvas.current.height = Math.max(1, Math.round(image.height * scale));
      canvas.current.getContext('2d')!.drawImage(image, 0, 0, canvas.current.width, canvas.current.height);
      image.close();
    };
    draw().catch(() => setBroken(true));
    return () => void (gone = true);
    // A new signed address of the same picture changes nothing of it.
  }, [typeof source === 'string' ? source.split('?')[0] : source]);
  if (broken) return <span class="no-picture">Image «&nbsp;{name}&nbsp;» non affichée</span>;
  return <canvas ref={canvas} class="thumbnail" role="img" aria-label={`Image\u00a0: ${name}`} />;
}
