// The login's page works without this; here it keeps the room, and lets a person try the demo with one click.

import { $ } from './dom.js';

const again = location.search === '?again';
// a server knows where to go on after the login only if it was asked for a page
if (location.pathname.endsWith('/login.html') && !again) location.replace('./' + location.hash);

$('login').action += location.hash;
$('wrong').hidden = !again;
for (const button of document.querySelectorAll('#known button')) {
  button.onclick = () => {
    $('name').value = button.dataset.name;
    $('password').value = button.dataset.name.toLowerCase();
    $('login').requestSubmit();
  };
}
