import { emailTypoHint, readEmail } from '../../../knowledge/entities.ts';

test.each([
  ['Luc.Bernard@Exemple.FR.', 'luc.bernard@exemple.fr'],
  ['mon mail : <luc+shop@mail.exemple.co.uk>', 'luc+shop@mail.exemple.co.uk'],
  ['luc @ exemple.fr', 'luc@exemple.fr'],
  ['luc@gmail,com', 'luc@gmail.com'],
  ['c’est luc point bernard arobase exemple point fr', 'luc.bernard@exemple.fr'],
  ['marie tiret dupont at gmail.com', 'marie-dupont@gmail.com'],
  ['luc tiret du bas b arobase orange.fr', 'luc_b@orange.fr'],
  ['l.bernard [at] exemple [point] fr', 'l.bernard@exemple.fr'],
  ['@luc', undefined],
  ['luc@exemple', undefined],
  ['look at this', undefined],
  ['au point relais', undefined],
])('"%s", written or dictated, is an address in lower case or none', (text, email) => {
  expect(readEmail(text)).toBe(email);
});

test.each([
  ['a@gmial.com', 'gmail.com'],
  ['a@gmail.con', 'gmail.com'],
  ['a@hotmial.fr', 'hotmail.fr'],
  ['a@orange.f', 'orange.fr'],
  ['a@laposte.nte', 'laposte.net'],
  ['a@wanado.fr', 'wanadoo.fr'],
])('%s is one letter away from %s', (email, hint) => {
  expect(emailTypoHint(email)).toBe(hint);
});

test.each(['a@gmail.com', 'a@outlook.fr', 'a@email.com', 'a@gmx.de', 'a@exemple.fr', 'a@pme.com'])(
  '%s calls for no hint',
  (email) => {
    expect(emailTypoHint(email)).toBeUndefined();
  },
);
