/** A QR code drawn of its modules; dark on light in every theme, since readers expect it so. */
export function QrCode({ modules, label }: { modules: boolean[][]; label: string }) {
  const size = modules.length;
  const path = modules.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg class="qr" viewBox={`-2 -2 ${size + 4} ${size + 4}`} role="img" aria-label={label}>
      <path fill="#fff" d={`M-2 -2h${size + 4}v${size + 4}h-${size + 4}z`} />
      <path fill="#000" d={path} />
    </svg>
  );
}
