import { until } from './widgetPage.ts';
import { page, stage, widget } from './widgetStage.ts';

stage();

const PICTURE = 'écran.png';
const list = () => page.getByRole('list', { name: 'Images à envoyer' });

test('pictures are picked, shown small, sent with the words, kept and shown again after a reload', async () => {
  await widget.open();
  await widget.picks(PICTURE);
  await list()
    .getByRole('img', { name: `Image : ${PICTURE}` })
    .waitFor();
  await widget.says('voici l’erreur');
  await widget.hears(/bien reçu votre image/);
  expect(await list().count()).toBe(0);
  await page.reload();
  await widget.hears(/bien reçu votre image/);
  await widget.drawn(1);
  const address = await widget.log.getByRole('link').getAttribute('href');
  expect((await fetch(address!)).headers.get('content-type')).toBe('image/png');
  await until(() => widget.occurrences('voici l’erreur'), { shown: 1, stored: 1 });
});

test('pictures are pasted', async () => {
  await widget.open();
  await widget.field.evaluate(async (field) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 30, height: 20 });
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    const data = new DataTransfer();
    data.items.add(new File([blob!], 'image.png', { type: 'image/png' }));
    field.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await list().getByRole('img').waitFor();
  await widget.field.press('Enter');
  await widget.hears(/bien reçu votre image/);
  await widget.drawn(1);
});

test('pictures are dropped on the panel; what is no picture, too big or too much is said in words', async () => {
  await widget.open();
  await widget.panel.evaluate((panel) => {
    const data = new DataTransfer();
    const file = (name: string, type: string, size = 10): void =>
      void data.items.add(new File([new Uint8Array(size)], name, { type }));
    file('notes.pdf', 'application/pdf');
    file('photo.png', 'image/png', 5 * 1024 * 1024);
    for (const name of ['a.png', 'b.png', 'c.png', 'd.png', 'e.png']) file(name, 'image/png');
    for (const type of ['dragover', 'drop']) {
      panel.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  });
  const problem = page.getByRole('alert');
  await until(
    async () => (await problem.innerText()).replace(/\u00a0/g, ' '),
    [
      '« notes.pdf » n’est pas une image PNG, JPEG, GIF ou WebP.',
      '« photo.png » dépasse 4 Mo ; envoyez une image plus légère.',
      'Quatre images au plus par message ; envoyez les autres ensuite.',
    ].join(' '),
  );
  expect(await list().getByRole('listitem').count()).toBe(4);
});

test('pictures that the server refuses are told as such, and the words beside them are not lost', async () => {
  await widget.open();
  await widget.picks('faux.png', Buffer.from('no picture at all'));
  await widget.says('voici l’erreur');
  await widget.log.getByRole('button', { name: /image refusée.*réessayer/ }).waitFor();
  expect(await widget.occurrences('voici l’erreur')).toEqual({ shown: 1, stored: 0 });
});
