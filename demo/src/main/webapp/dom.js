// What every page needs. Text is only ever set as textContent: nothing that people write can become markup.

const HUES = [212, 28, 275, 340, 150, 50];
const KEPT_EVENTS = 6;

export const $ = (id) => document.getElementById(id);

export function element(tag, attributes, text = '') {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

/** Names a server, in the colour that its name always gives. */
export function badge(made, node) {
  const sum = [...(node ?? '')].reduce((total, letter) => total + letter.codePointAt(0), 0);
  made.style.setProperty('--hue', HUES[sum % HUES.length]);
  made.textContent = node ?? '';
  return made;
}

/** Adds to the list of what happened in all rooms. */
export function showLately(activity, newest = true) {
  const line = element('li', {});
  const place = activity.room ? ' · #' + activity.room : '';
  line.append(
    element('span', {}, sentence(activity.what, activity.name) + place),
    badge(element('span', { class: 'node' }), activity.node));
  $('lately')[newest ? 'prepend' : 'append'](line);
  while ($('lately').childElementCount > KEPT_EVENTS) $('lately').lastElementChild.remove();
}

/** What happened before this page was opened; its server has heard it all along. */
export async function loadLately() {
  const answer = await fetch('api/activity').catch(() => null);
  if (!answer?.headers.get('Content-Type')?.startsWith('application/json')) return; // or it is the login's page
  const activities = await answer.json();
  $('lately').replaceChildren();
  for (const activity of activities.slice(0, KEPT_EVENTS)) showLately(activity, false);
}

export function sentence(what, name) {
  return name + ({
    came: ' came in',
    left: ' left',
    lost: ' is gone: the server does not answer',
    revoked: ' was logged out by an administrator',
  }[what] ?? ' ' + what);
}
