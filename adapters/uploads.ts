import type { Store, StoredActivity, Upload } from '../bot/store.ts';
import { type Answer, Refusal } from './http.ts';

/** How a stored activity names a file; each channel makes an address of it. */
const UPLOAD = 'upload:';

/**
 * A customer's file as an answer. It is never a page: browsers are told to save it, to guess no type, and to run
 * nothing of it should they open it all the same.
 */
export function fileAnswer({ name, contentType, bytes }: Upload): Answer {
  return {
    body: Buffer.from(bytes),
    headers: {
      'Content-Type': contentType,
      'Content-Disposition': `attachment; filename="image"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Cache-Control': 'private, max-age=86400, immutable',
    },
  };
}

/** @throws Refusal 404 when there is no such file. */
export async function findUpload(store: Store, id: string): Promise<Upload & { conversationId: string }> {
  const upload = await store.upload(id);
  if (!upload)
    throw new Refusal(404, 'NotFound', 'There is no such file; its conversation may have been erased.');
  return upload;
}

/** The files of a stored message: their ids, names and types. */
export function filesOf({ activity }: StoredActivity): { id: string; name: string; contentType: string }[] {
  return (activity.attachments ?? []).flatMap(({ contentUrl, name, contentType }) =>
    contentUrl?.startsWith(UPLOAD)
      ? [{ id: contentUrl.slice(UPLOAD.length), name: name ?? '', contentType }]
      : [],
  );
}
